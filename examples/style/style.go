// Package style is how the pages of the examples look: on a screen, on a phone and on
// paper.
package style

import _ "embed"

// Sheet is the style sheet.
//
//go:embed style.css
var Sheet string
