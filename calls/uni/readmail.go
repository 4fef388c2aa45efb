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
	"regexp"
	"strings"
)

const (
	maxMessage  = 16 << 20 // bytes of a saved e-mail: a model, a saved PDF and the receipts of registered e-mail around them
	maxNestings = 8        // parts inside one another
)

// ReadMail takes the one model out of an e-mail that was saved as a file (.eml),
// such as one that [Mail.Bytes] wrote or a mail program sent. It looks into attached
// messages too, because registered e-mail (PEC) delivers the message inside another.
// It does not read the model: that is for [Read]. What else is attached it passes over:
// [ReadMessage] tells of it.
//
// The error is an *Error: ErrMessage for what is no e-mail or one that is damaged,
// ErrPDF when the model is attached as a PDF only, ErrNoModel when nothing attached
// is a model, ErrTwoModels when several attachments are, be they XML or PDF, because
// then none of them is acquired (INL letter 8716 of 9 October 2019), and ErrSize over
// 16 MiB.
func ReadMail(message []byte) (model []byte, err error) {
	model, _, err = ReadMessage(message)
	return model, err
}

// ReadMessage is [ReadMail] that also tells whether something beside the model is
// attached: a FoundAttachment, without a place. The letter of 2019 speaks of several
// attachments, and no source says that one of another kind does no harm. Not counted
// are the text of the message in any form, the images in it, signatures, and what
// registered e-mail adds.
func ReadMessage(message []byte) (model []byte, found []Finding, err error) {
	if len(message) > maxMessage {
		return nil, nil, &Error{Kind: ErrSize}
	}
	var a attachments
	if err := a.message(message, 0); err != nil {
		return nil, nil, err
	}
	switch {
	case len(a.models)+a.pdfs > 1:
		return nil, nil, &Error{Kind: ErrTwoModels}
	case a.pdfs > 0:
		return nil, nil, &Error{Kind: ErrPDF}
	case len(a.models) == 0:
		return nil, nil, &Error{Kind: ErrNoModel}
	case a.others > 0:
		found = []Finding{{Kind: FoundAttachment}}
	}
	return a.models[0], found, nil
}

// attachments are what was found in a message.
type attachments struct {
	models [][]byte
	pdfs   int // a saved PDF is a model too, and what it holds is not read
	others int
}

// message looks through a message, depth levels inside another.
func (a *attachments) message(text []byte, depth int) error {
	m, ok := openMail(text)
	if !ok {
		return &Error{Kind: ErrMessage}
	}
	return a.part(textproto.MIMEHeader(m.Header), m.Body, "", depth)
}

// part looks through a part of a message, or the whole of one without parts; around is
// the type of the parts that it is one of.
func (a *attachments) part(header textproto.MIMEHeader, body io.Reader, around string, depth int) error {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if depth > maxNestings || err != nil && strings.HasPrefix(kind, "multipart/") {
		return &Error{Kind: ErrMessage}
	}
	if strings.HasPrefix(kind, "multipart/") {
		return a.parts(multipart.NewReader(body, params["boundary"]), kind, depth+1)
	}
	switch strings.ToLower(trim(header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	before := len(a.models) + a.pdfs
	switch {
	case err != nil:
		return &Error{Kind: ErrMessage}
	case kind == "message/rfc822":
		err = a.message(text, depth+1)
	case isPDF(text):
		a.pdfs++
	case isXML(text) && modelTag.Match(text):
		a.models = append(a.models, text)
	}
	if len(a.models)+a.pdfs == before && counts(kind, params["name"], around, header) {
		a.others++
	}
	return err
}

func (a *attachments) parts(r *multipart.Reader, kind string, depth int) error {
	for {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = a.part(p.Header, p, kind, depth)
		}
		if err != nil {
			return &Error{Kind: ErrMessage}
		}
	}
}

// modelTag is the start of the model, under any prefix. A text in HTML may well name
// the file.
var modelTag = regexp.MustCompile(`<([^\s<>/:]+:)?` + nameModel + `[\s/>]`)

// counts reports whether a part that is no model is an attachment: not the text of the
// message in any of its forms, not an image shown in it, not a signature, and none of
// the parts that registered e-mail (PEC) puts around the message that it delivers.
func counts(kind, name, around string, header textproto.MIMEHeader) bool {
	disposition, params, _ := mime.ParseMediaType(header.Get("Content-Disposition"))
	if params["filename"] != "" {
		name = params["filename"]
	}
	attached, shown := disposition == "attachment", disposition == "inline" || header.Get("Content-Id") != ""
	switch strings.ToLower(name) {
	case "daticert.xml", "postacert.eml", "smime.p7s":
		return false
	}
	switch major, _, _ := strings.Cut(kind, "/"); {
	case strings.HasSuffix(kind, "-signature"):
		return false
	case kind == "message/rfc822":
		return true
	case kind == "", kind == "text/plain", kind == "text/html", major == "message", around == "multipart/alternative":
		return attached
	case major == "image" && !attached && shown, around == "multipart/related" && (major == "image" || shown):
		return false
	default:
		return true
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
