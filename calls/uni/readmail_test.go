package uni_test

import (
	"encoding/base64"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// message writes an e-mail of parts, each with its headers.
func message(parts ...string) string {
	text := "From: chiamate@example.it\nContent-Type: multipart/mixed; boundary=x\n\nnot read\n"
	for _, p := range parts {
		text += "--x\n" + p + "\n"
	}
	return text + "--x--\n"
}

func TestReadMail(t *testing.T) {
	model := string(edited(t))
	coded := base64.StdEncoding.EncodeToString([]byte(model))
	const text, pdf = "Content-Type: text/plain\n\nInvio telematico", "Content-Type: application/pdf\n\n%PDF-1.7 moduloIntermittenti"
	xml := "Content-Type: application/xml\n\n" + model
	sent, err := post(t).Bytes()
	require.NoError(t, err)
	for name, mail := range map[string]string{
		"as this package writes it":     string(sent),
		"line ends of a saved file":     strings.ReplaceAll(string(sent), "\r\n", "\n"),
		"a mailbox's first line":        "From chiamate@example.it Thu Nov 26 12:00:00 2026\r\n" + string(sent),
		"the model alone":               "Subject: x\nContent-Type: text/xml\n\n" + model,
		"no type":                       "Subject: x\n\n" + model,
		"a type that is none":           message(text, "Content-Type: ;\n\n"+model),
		"plain":                         message(text, xml),
		"base64":                        message(text, "Content-Transfer-Encoding: BASE64\n\n"+coded),
		"quoted":                        message(text, "Content-Transfer-Encoding: quoted-printable\n\n"+strings.ReplaceAll(model, "=", "=3D")),
		"a message in a message (PEC)":  message(text, "Content-Type: message/rfc822\n\n"+string(sent), "Content-Type: application/xml; name=daticert.xml\n\n<postacert/>"),
		"a message in a message, coded": message(text, "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"+base64.StdEncoding.EncodeToString(sent)),
		"a text that names the file":    message("Content-Type: text/plain\n\nmoduloIntermittenti.xml in allegato", xml),
		"a page that names the file":    message("Content-Type: text/html\n\n<p>moduloIntermittenti.xml in allegato</p>", xml),
		"parts in parts":                message(text, strings.NewReplacer("--x", "--y", "boundary=x", "boundary=y").Replace(message(text, xml))),
	} {
		got, err := uni.ReadMail([]byte(mail))
		require.NoError(t, err, name)
		assert.Equal(t, strings.TrimSpace(model), strings.TrimSpace(strings.ReplaceAll(string(got), "\r\n", "\n")), name)
	}
	for name, c := range map[string]struct {
		mail string
		want uni.Kind
	}{
		"nothing":                  {"", uni.ErrMessage},
		"a model":                  {model, uni.ErrMessage},
		"a text message":           {"I RSSMRA80A01H501U", uni.ErrMessage},
		"fields of something else": {"Name: x\n\n" + model, uni.ErrMessage},
		"a text":                   {message(text), uni.ErrNoModel},
		"another document":         {message(text, "Content-Type: application/xml\n\n<postacert/>"), uni.ErrNoModel},
		"a PDF":                    {message(text, pdf), uni.ErrPDF},
		"two models":               {message(xml, xml), uni.ErrTwoModels},
		"a model and its PDF":      {message(text, xml, pdf), uni.ErrTwoModels},
		"a PDF and its model":      {message(pdf, text, xml), uni.ErrTwoModels},
		"a PDF that is shown":      {message("Content-Disposition: inline\n"+pdf, xml), uni.ErrTwoModels},
		"a PDF of no type":         {message("Content-Transfer-Encoding: base64\n\n"+base64.StdEncoding.EncodeToString([]byte("%PDF-1.4")), xml), uni.ErrTwoModels},
		"two PDFs":                 {message(pdf, pdf), uni.ErrTwoModels},
		"a PDF in a message":       {message(text, "Content-Type: message/rfc822\n\n"+message(pdf)), uni.ErrPDF},
		"a PDF in one, a model":    {message(xml, "Content-Type: message/rfc822\n\n"+message(pdf)), uni.ErrTwoModels},
		"damaged base64":           {message(text, "Content-Transfer-Encoding: base64\n\n="+coded), uni.ErrMessage},
		"damaged quotes":           {message(text, "Content-Transfer-Encoding: quoted-printable\n\n\x01"+model), uni.ErrMessage},
		"cut short":                {strings.TrimSuffix(message(text, xml), "--x--\n"), uni.ErrMessage},
		"no boundary":              {strings.Replace(message(xml), "; boundary=x", "", 1), uni.ErrMessage},
		"a message that is none":   {message("Content-Type: message/rfc822\n\n" + model), uni.ErrMessage},
		"too deep":                 {strings.Repeat("Subject: x\nContent-Type: message/rfc822\n\n", 20) + "Subject: x\n\n" + model, uni.ErrMessage},
		"too long":                 {"Subject: x\n\n" + strings.Repeat(" ", 16<<20), uni.ErrSize},
	} {
		got, err := uni.ReadMail([]byte(c.mail))
		require.ErrorIs(t, err, c.want, name)
		assert.Nil(t, got, name)
		var e *uni.Error
		require.ErrorAs(t, err, &e, name)
	}
}

// Something else beside the model is told, since the sources speak of attachments; what
// mail programs and registered e-mail add by themselves is not.
func TestReadMessage(t *testing.T) {
	model := string(edited(t))
	sent, err := post(t).Bytes()
	require.NoError(t, err)
	const text, image, attached = "Content-Type: text/plain\n\nInvio", "Content-Type: image/png\n", "Content-Disposition: attachment; filename=x\n"
	xml := "Content-Type: application/xml\n\n" + model
	within := func(kind string, parts ...string) string {
		return strings.NewReplacer("--x", "--y", "boundary=x", "boundary=y", "multipart/mixed", kind).Replace(message(parts...))
	}
	page := "Content-Type: text/html\n\n<p>Invio"
	for name, c := range map[string]struct {
		mail string
		told bool
	}{
		"as this package writes it": {mail: string(sent)},
		"the model alone":           {mail: "Subject: x\nContent-Type: text/xml\n\n" + model},
		"an image":                  {message(text, xml, image+attached+"\nPNG"), true},
		"an image of no place":      {message(text, xml, image+"\nPNG"), true},
		"an image with an id":       {message(text, xml, image+attached+"Content-ID: <a>\n\nPNG"), true},
		"a document":                {message(text, "Content-Type: application/msword\n\nx", xml), true},
		"a document that is shown":  {message(text, xml, "Content-Type: application/msword\nContent-Disposition: inline\n\nx"), true},
		"another XML":               {message(text, xml, "Content-Type: application/xml\n\n<fattura/>"), true},
		"a text that is attached":   {message(text, xml, "Content-Type: text/plain\n"+attached+"\nx"), true},
		"a table":                   {message(text, xml, "Content-Type: text/csv\n\nx"), true},
		"a visiting card":           {message(text, xml, "Content-Type: text/vcard\n\nx"), true},
		"another message":           {message(text, xml, "Content-Type: message/rfc822\n\n"+message(text)), true},
		"beside, in a message":      {message(text, "Content-Type: message/rfc822\n\n"+message(xml, image+attached+"\nPNG")), true},
		"no type":                   {mail: message("\nInvio", xml)},
		"a page and a text":         {mail: message(within("multipart/alternative", text, page, "Content-Type: text/calendar\n\nx"), xml)},
		"a footer":                  {mail: message(text, xml, "Content-Type: text/plain\nContent-Disposition: inline\n\nx", page)},
		"an image that is shown":    {mail: message(text, image+"Content-Disposition: inline; filename=x\n\nPNG", xml)},
		"an image named by its id":  {mail: message(page, image+"Content-ID: <a>\n\nPNG", xml)},
		"an image of a page":        {mail: message(within("multipart/related", page, image+attached+"\nPNG"), xml)},
		"a signature":               {mail: message(text, xml, "Content-Type: application/pkcs7-signature; name=x\n"+attached+"\nx")},
		"a signature in PGP":        {mail: message(text, xml, "Content-Type: application/pgp-signature\n\nx")},
		"registered e-mail": {mail: message(text, "Content-Type: message/rfc822; name=postacert.eml\n\n"+string(sent),
			"Content-Type: application/xml; name=DatiCert.xml\n\n<postacert/>", "Content-Type: application/x-pkcs7-signature; name=smime.p7s\n\nx",
			"Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=smime.p7s\n\nx")},
		"a receipt":   {mail: message(xml, "Content-Type: message/rfc822; name=postacert.eml\n\n"+message(text))},
		"a returned":  {mail: message(xml, "Content-Type: message/delivery-status\n\nx")},
		"of no words": {mail: message(xml, "Content-Type: ;\nContent-Disposition: ;\n\nx")},
	} {
		got, found, err := uni.ReadMessage([]byte(c.mail))
		require.NoError(t, err, name)
		assert.NotEmpty(t, got, name)
		if c.told {
			assert.Equal(t, []uni.Finding{{Kind: uni.FoundAttachment}}, found, name)
		} else {
			assert.Empty(t, found, name)
		}
	}
	_, found, err := uni.ReadMessage([]byte(message(text, image+attached+"\nPNG")))
	require.ErrorIs(t, err, uni.ErrNoModel)
	assert.Empty(t, found)
}

// A saved e-mail given as a model or as a text message is named as one, and the
// message says what to give.
func TestMailIsNoModel(t *testing.T) {
	sent, err := os.ReadFile("testdata/mail.eml")
	require.NoError(t, err)
	_, err = uni.Read(sent)
	require.EqualError(t, err, "uni.mail: this is an e-mail; give the model attached to it, the XML file")
	_, _, err = uni.ReadSMS(string(sent))
	require.ErrorIs(t, err, uni.ErrMail)
	_, err = uni.Decode(uni.DecodeQuestion{Text: string(sent)})
	require.EqualError(t, err, "/text: uni.mail: this is an e-mail; give the model attached to it, the XML file")
	model, err := uni.ReadMail(sent)
	require.NoError(t, err)
	_, err = uni.Decode(uni.DecodeQuestion{Text: string(model)})
	assert.NoError(t, err)
}

// FuzzReadMail: whatever is taken out of a message begins as XML and is not longer
// than the message; a refusal says why.
func FuzzReadMail(f *testing.F) {
	sent, err := os.ReadFile("testdata/mail.eml")
	require.NoError(f, err)
	f.Add(sent)
	f.Add([]byte(message("Content-Type: message/rfc822\n\n"+message("Content-Type: application/xml\n\n<moduloIntermittenti/>"), "\n%PDF-1.7")))
	f.Add([]byte(message("Content-Transfer-Encoding: quoted-printable\n\n<moduloIntermittenti a=3D'b'/>")))
	f.Fuzz(func(t *testing.T, text []byte) {
		model, err := uni.ReadMail(text)
		var e *uni.Error
		switch {
		case err != nil && (!errors.As(err, &e) || model != nil):
			t.Fatal("a poor refusal", err)
		case err == nil && (len(model) > len(text) || !strings.Contains(string(model), "<")):
			t.Fatalf("%q", model)
		}
	})
}
