// Package style is how the pages of the examples look: on a screen, on a phone and on
// paper.
package style

import _ "embed"

// Charts is how the drawings look, and the colours of the verdicts: examples/web has a
// sheet of its own for the rest.
//
//go:embed chart.css
var Charts string

//go:embed style.css
var page string

// Sheet is the style sheet.
var Sheet = page + Charts
