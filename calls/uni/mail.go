package uni

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"mime"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
)

// Mail is an e-mail that carries one model. It carries no more because a mail with
// several attachments is sent, but none of them is acquired (INL letter 8716 of
// 9 October 2019).
type Mail struct {
	From  string    `json:"from,omitzero"`  // the sender's address; it need not be PEC
	Name  string    `json:"name,omitzero"`  // the sender's name; optional
	To    string    `json:"to,omitzero"`    // the address written to; empty: calls.Mailbox on the day of Date
	Date  time.Time `json:"date,omitzero"`  // when it is sent
	ID    string    `json:"id,omitzero"`    // the Message-ID without its brackets; empty: derived from the rest
	Model []byte    `json:"model,omitzero"` // an XML document with one model
}

const (
	maxAddress = 254 // RFC 5321
	maxName    = 120 // bytes: a bound of ours
	lineLength = 76  // RFC 2045, of base64
)

// Bytes writes the message: a text with the form's words, and the model attached.
// Lines end with CR LF, and equal mails give equal bytes. The error is an ErrHeader
// for a header that cannot be written safely, such as an address with a line break
// in it, and that of [Read] for a document that Read refuses. [ReadMail] takes the
// model out again.
func (m Mail) Bytes() ([]byte, error) {
	if _, err := Read(m.Model); err != nil {
		return nil, err
	}
	if m.To == "" {
		m.To, _ = calls.Mailbox(law.RomeDay(m.Date))
	}
	key := m.key()
	if m.ID == "" {
		_, domain, _ := strings.Cut(m.From, "@")
		m.ID = key + "@" + domain
	}
	switch {
	case !address(m.From):
		return nil, &Error{Kind: ErrHeader, Element: "From"}
	case !address(m.To):
		return nil, &Error{Kind: ErrHeader, Element: "To"}
	case !address(m.ID):
		return nil, &Error{Kind: ErrHeader, Element: "Message-ID"}
	case !writable(m.Name) || len(m.Name) > maxName:
		return nil, &Error{Kind: ErrHeader, Element: "Name"}
	case m.Date.IsZero() || law.InRome(m.Date).Year() > 9999:
		return nil, &Error{Kind: ErrHeader, Element: "Date"}
	}
	from := "<" + m.From + ">"
	if m.Name != "" {
		from = displayName(m.Name) + "\r\n " + from
	}
	boundary := "_" + key + "_" // an underscore is in no line of the text nor of base64
	lines := []string{
		"Date: " + law.InRome(m.Date).Format(time.RFC1123Z),
		"From: " + from,
		"To: <" + m.To + ">",
		"Subject: " + Subject,
		"Message-ID: <" + m.ID + ">",
		"MIME-Version: 1.0",
		`Content-Type: multipart/mixed; boundary="` + boundary + `"`,
		"",
		"--" + boundary,
		"Content-Type: text/plain; charset=us-ascii",
		"Content-Transfer-Encoding: 7bit",
		"",
		Subject,
		"--" + boundary,
		`Content-Type: application/xml; name="` + FileName + `"`,
		"Content-Transfer-Encoding: base64",
		`Content-Disposition: attachment; filename="` + FileName + `"`,
		"",
	}
	for line := range slices.Chunk(base64.StdEncoding.AppendEncode(nil, m.Model), lineLength) {
		lines = append(lines, string(line))
	}
	lines = append(lines, "--"+boundary+"--", "")
	return []byte(strings.Join(lines, "\r\n")), nil
}

// key condenses the mail: equal mails have it in common, others do not.
func (m Mail) key() string {
	sum := sha256.New()
	for _, s := range []string{m.From, m.Name, m.To, m.Date.UTC().Format(time.RFC3339Nano), m.ID, string(m.Model)} {
		part := sha256.Sum256([]byte(s)) // of one length, so that no two lists run together
		sum.Write(part[:])
	}
	return hex.EncodeToString(sum.Sum(nil))[:32]
}

// address reports whether s can stand between angle brackets as an address or an
// identifier: one @ with something on both sides, nothing but printable ASCII,
// none of the characters a header gives a meaning to.
func address(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	if strings.ContainsAny(s, `()<>[]:;,"\`) || len(s) > maxAddress {
		return false
	}
	local, domain, ok := strings.Cut(s, "@")
	return ok && dotted(local) && dotted(domain) && !strings.Contains(domain, "@")
}

// dotted reports whether every part between the points has something in it.
func dotted(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		if part == "" {
			return false
		}
	}
	return true
}

// displayName writes a name for a From header: quoted, or as encoded words, each
// on a line of its own.
func displayName(s string) string {
	if encoded := mime.QEncoding.Encode("utf-8", s); encoded != s {
		return strings.ReplaceAll(encoded, "?= =?", "?=\r\n =?")
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
