package uni

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
)

const (
	maxMessage  = 16 << 20 // bytes of a saved e-mail: a model, a saved PDF and the receipts of registered e-mail around them
	maxNestings = 8        // parts inside one another
)

// ReadMail takes the one model out of an e-mail that was saved as a file (.eml),
// such as one that [Mail.Bytes] wrote or a mail program sent. It looks into attached
// messages too, because registered e-mail (PEC) delivers the message inside another.
// It does not read the model: that is for [Read].
//
// The error is an *Error: ErrMessage for what is no e-mail or one that is damaged,
// ErrPDF when the model is attached as a PDF only, ErrNoModel when nothing attached
// is a model, ErrTwoModels when several attachments are, because then none of them
// is acquired (INL letter 8716 of 9 October 2019), and ErrSize over 16 MiB.
func ReadMail(message []byte) (model []byte, err error) {
	if len(message) > maxMessage {
		return nil, &Error{Kind: ErrSize}
	}
	var found attachments
	if err := found.message(message, 0); err != nil {
		return nil, err
	}
	switch {
	case len(found.models) == 1:
		return found.models[0], nil
	case len(found.models) > 1:
		return nil, &Error{Kind: ErrTwoModels}
	case found.pdf:
		return nil, &Error{Kind: ErrPDF}
	default:
		return nil, &Error{Kind: ErrNoModel}
	}
}

// attachments are what was found in a message.
type attachments struct {
	models [][]byte
	pdf    bool
}

// message looks through a message, depth levels inside another.
func (a *attachments) message(text []byte, depth int) error {
	m, ok := openMail(text)
	if !ok {
		return &Error{Kind: ErrMessage}
	}
	return a.part(textproto.MIMEHeader(m.Header), m.Body, depth)
}

// part looks through a part of a message, or the whole of one without parts.
func (a *attachments) part(header textproto.MIMEHeader, body io.Reader, depth int) error {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if depth > maxNestings || err != nil && strings.HasPrefix(kind, "multipart/") {
		return &Error{Kind: ErrMessage}
	}
	if strings.HasPrefix(kind, "multipart/") {
		return a.parts(multipart.NewReader(body, params["boundary"]), depth+1)
	}
	switch strings.ToLower(trim(header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	switch {
	case err != nil:
		return &Error{Kind: ErrMessage}
	case kind == "message/rfc822":
		return a.message(text, depth+1)
	case isPDF(text):
		a.pdf = true
	case isXML(text) && bytes.Contains(text, []byte(nameModel)):
		a.models = append(a.models, text)
	}
	return nil
}

func (a *attachments) parts(r *multipart.Reader, depth int) error {
	for {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = a.part(p.Header, p, depth)
		}
		if err != nil {
			return &Error{Kind: ErrMessage}
		}
	}
}

// openMail opens a saved e-mail: a text that begins with header fields, one of those
// that a mail has among them. Old mailbox files put a line "From " before it.
func openMail(text []byte) (*mail.Message, bool) {
	text = bytes.TrimLeft(text, "\ufeff \t\r\n")
	if bytes.HasPrefix(text, []byte("From ")) {
		_, text, _ = bytes.Cut(text, []byte("\n"))
	}
	m, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		return nil, false
	}
	for _, name := range [...]string{"From", "Received", "Date", "Subject", "Mime-Version", "Content-Type"} {
		if _, ok := m.Header[name]; ok {
			return m, true
		}
	}
	return nil, false
}

// isXML reports whether a text begins as XML does.
func isXML(text []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(text, "\ufeff \t\r\n"), []byte("<"))
}

// isPDF reports whether a text begins as a PDF does.
func isPDF(text []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(text, "\ufeff \t\r\n"), []byte("%PDF-"))
}

// notRead recognises what people give instead of a model or a message: ErrPDF,
// ErrMail, or "" for anything else.
func notRead(text []byte) Kind {
	switch {
	case isXML(text):
		return ""
	case isPDF(text):
		return ErrPDF
	}
	if _, ok := openMail(text); ok {
		return ErrMail
	}
	return ""
}
