package uni_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var noon = time.Date(2026, 11, 26, 11, 0, 0, 0, time.UTC)

func post(t *testing.T) uni.Mail {
	t.Helper()
	return uni.Mail{From: "chiamate@example.it", Name: "Caffè Università", Date: noon, Model: edited(t)}
}

// opened is a message as a mail program sees it.
type opened struct {
	mail.Header
	from       mail.Address
	body       string
	attachment []byte
}

func open(t *testing.T, text []byte) opened {
	t.Helper()
	o, err := openMail(text)
	require.NoError(t, err)
	assert.NotContains(t, strings.ReplaceAll(string(text), "\r\n", ""), "\n", "lines end with CR LF")
	for line := range strings.SplitSeq(string(text), "\r\n") {
		require.LessOrEqual(t, len(line), 998)
	}
	return o
}

// openMail reads a text and one attached model, and no more.
func openMail(text []byte) (o opened, err error) {
	m, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		return o, err
	}
	o.Header = m.Header
	from, err := m.Header.AddressList("From")
	if err != nil || len(from) != 1 {
		return o, fmt.Errorf("%d senders: %w", len(from), err)
	}
	o.from = *from[0]
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/mixed" {
		return o, fmt.Errorf("%s: %w", kind, err)
	}
	r := multipart.NewReader(m.Body, params["boundary"])
	p, err := r.NextPart()
	if err != nil {
		return o, err
	}
	b, err := io.ReadAll(p)
	if err != nil {
		return o, err
	}
	o.body = string(b)
	if p, err = r.NextPart(); err != nil {
		return o, err
	}
	kind, _, err = mime.ParseMediaType(p.Header.Get("Content-Type"))
	if err != nil || kind != "application/xml" || p.FileName() != "moduloIntermittenti.xml" {
		return o, fmt.Errorf("%s %s: %w", kind, p.FileName(), err)
	}
	if o.attachment, err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, p)); err != nil {
		return o, err
	}
	if _, err = r.NextPart(); !errors.Is(err, io.EOF) {
		return o, fmt.Errorf("more than one attachment: %w", err)
	}
	return o, nil
}

func TestMail(t *testing.T) {
	m := post(t)
	text, err := m.Bytes()
	require.NoError(t, err)
	lawtest.Golden(t, "mail.eml", string(text))
	o := open(t, text)
	assert.Equal(t, mail.Address{Name: m.Name, Address: m.From}, o.from)
	assert.Equal(t, "<intermittenti@pec.lavoro.gov.it>", o.Get("To"))
	assert.Equal(t, "Invio telematico Modulo Intermittenti", o.Get("Subject"))
	assert.Equal(t, "Invio telematico Modulo Intermittenti", o.body)
	date, err := o.Date()
	require.NoError(t, err)
	assert.True(t, date.Equal(noon))
	assert.Equal(t, "Thu, 26 Nov 2026 12:00:00 +0100", o.Get("Date"), "the hour of Rome")
	assert.Equal(t, m.Model, o.attachment)

	again, err := m.Bytes()
	require.NoError(t, err)
	assert.Equal(t, text, again, "equal mails, equal bytes")
	id := o.Get("Message-ID")
	for name, change := range map[string]func(*uni.Mail){
		"date":  func(m *uni.Mail) { m.Date = m.Date.Add(time.Second) },
		"model": func(m *uni.Mail) { m.Model = edited(t, "ML-15-01", "ML-15-02") },
		"name":  func(m *uni.Mail) { m.Name = "" },
		"to":    func(m *uni.Mail) { m.To = "prova@example.it" },
	} {
		other := m
		change(&other)
		text, err := other.Bytes()
		require.NoError(t, err)
		assert.NotEqual(t, id, open(t, text).Get("Message-ID"), name)
	}
}

// The address is the one in use on the day of sending, as Rome counts days.
func TestMailbox(t *testing.T) {
	rome := time.FixedZone("", 2*3600)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2012, 8, 17, 0, 0, 0, 0, rome), "intermittenti@lavoro.gov.it"},
		{time.Date(2013, 7, 2, 23, 59, 59, 0, rome), "intermittenti@lavoro.gov.it"},
		{time.Date(2013, 7, 3, 0, 0, 0, 0, rome), "intermittenti@mailcert.lavoro.gov.it"},
		{time.Date(2015, 5, 31, 21, 59, 59, 0, time.UTC), "intermittenti@mailcert.lavoro.gov.it"},
		{time.Date(2015, 5, 31, 22, 0, 0, 0, time.UTC), "intermittenti@pec.lavoro.gov.it"},
	} {
		m := post(t)
		m.Date = c.at
		text, err := m.Bytes()
		require.NoError(t, err)
		assert.Equal(t, "<"+c.want+">", open(t, text).Get("To"), c.at)
	}
	m := post(t)
	m.Date = time.Date(2012, 8, 16, 23, 59, 59, 0, rome)
	_, err := m.Bytes()
	require.ErrorIs(t, err, uni.ErrHeader, "no mailbox yet")
	m = post(t)
	m.To = "io@example.it"
	text, err := m.Bytes()
	require.NoError(t, err)
	assert.Equal(t, "<io@example.it>", open(t, text).Get("To"), "a trial to oneself")
}

func TestMailRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*uni.Mail)
		at     string
	}{
		"a header in the sender":     {func(m *uni.Mail) { m.From = "a@example.it\r\nBcc: b@example.it" }, "From"},
		"a line feed in the sender":  {func(m *uni.Mail) { m.From = "a@example.it\n" }, "From"},
		"two senders":                {func(m *uni.Mail) { m.From = "a@example.it,b@example.it" }, "From"},
		"a sender in brackets":       {func(m *uni.Mail) { m.From = "<a@example.it>" }, "From"},
		"no sender":                  {func(m *uni.Mail) { m.From = "" }, "From"},
		"a sender without domain":    {func(m *uni.Mail) { m.From = "a@" }, "From"},
		"a sender without sign":      {func(m *uni.Mail) { m.From = "example.it" }, "From"},
		"a sender with two signs":    {func(m *uni.Mail) { m.From = "a@b@example.it" }, "From"},
		"points together":            {func(m *uni.Mail) { m.From = "a..b@example.it" }, "From"},
		"a sender beyond ASCII":      {func(m *uni.Mail) { m.From = "è@example.it" }, "From"},
		"a sender too long":          {func(m *uni.Mail) { m.From = strings.Repeat("a", 250) + "@b.it" }, "From"},
		"a header in the recipient":  {func(m *uni.Mail) { m.To = "a@example.it\r\nBcc: b@example.it" }, "To"},
		"a header in the identifier": {func(m *uni.Mail) { m.ID = "1@example.it>\r\nX: y" }, "Message-ID"},
		"an identifier unsigned":     {func(m *uni.Mail) { m.ID = "1" }, "Message-ID"},
		"a header in the name":       {func(m *uni.Mail) { m.Name = "A\r\nBcc: b@example.it" }, "Name"},
		"a return in the name":       {func(m *uni.Mail) { m.Name = "A\rB" }, "Name"},
		"a null in the name":         {func(m *uni.Mail) { m.Name = "A\x00" }, "Name"},
		"a name too long":            {func(m *uni.Mail) { m.Name = strings.Repeat("a", 121) }, "Name"},
		"no date":                    {func(m *uni.Mail) { m.Date = time.Time{}; m.To = "a@example.it" }, "Date"},
		"a year of five digits":      {func(m *uni.Mail) { m.Date = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, "Date"},
	} {
		t.Run(name, func(t *testing.T) {
			m := post(t)
			c.change(&m)
			text, err := m.Bytes()
			assert.Nil(t, text)
			var e *uni.Error
			require.ErrorAs(t, err, &e)
			require.ErrorIs(t, err, uni.ErrHeader)
			assert.Equal(t, c.at, e.Element)
		})
	}
	m := post(t)
	m.Model = []byte("<a/>")
	_, err := m.Bytes()
	assert.ErrorIs(t, err, uni.ErrNoModel, "a mail carries a model")
}

// An address is of the characters RFC 5322 calls atext, and points between them:
// those of the 256 bytes and no other, and 254 of them at most (RFC 5321).
func TestMailAddresses(t *testing.T) {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~."
	for b := range 256 {
		c := string([]byte{byte(b)})
		m := post(t)
		m.From = "a" + c + "b@example.it"
		text, err := m.Bytes()
		if !strings.Contains(plain, c) {
			require.ErrorIs(t, err, uni.ErrHeader, "%q", c)
			continue
		}
		require.NoError(t, err, "%q", c)
		assert.Equal(t, m.From, open(t, text).from.Address)
	}
	m := post(t)
	m.From = strings.Repeat("a", 249) + "@b.it"
	text, err := m.Bytes()
	require.NoError(t, err, "254 characters; 255 are refused above")
	assert.Equal(t, m.From, open(t, text).from.Address)
}

// The header has a year of four digits, as Rome counts: to the last second of 9999.
func TestMailYear(t *testing.T) {
	m := post(t)
	m.Date = time.Date(9999, 12, 31, 22, 59, 59, 0, time.UTC)
	text, err := m.Bytes()
	require.NoError(t, err)
	assert.Equal(t, "Fri, 31 Dec 9999 23:59:59 +0100", open(t, text).Get("Date"))
	m.Date = m.Date.Add(time.Second)
	_, err = m.Bytes()
	require.ErrorIs(t, err, uni.ErrHeader)
}

// 57 bytes fill a line of base64: at the end of one, nothing follows but the
// boundary, and no line is longer than the 76 characters of RFC 2045.
func TestMailLines(t *testing.T) {
	full := edited(t)
	for len(full)%57 != 0 {
		full = append(full, '\n')
	}
	for _, c := range []struct{ more, last int }{{-1, 76}, {0, 76}, {1, 4}} {
		m := post(t)
		m.Model = append(bytes.Clone(full), '\n')[:len(full)+c.more]
		text, err := m.Bytes()
		require.NoError(t, err)
		assert.Equal(t, m.Model, open(t, text).attachment)
		_, coded, _ := strings.Cut(string(text), "filename=\"moduloIntermittenti.xml\"\r\n\r\n")
		coded, _, _ = strings.Cut(coded, "\r\n--")
		lines := strings.Split(coded, "\r\n")
		assert.Len(t, lines, (len(m.Model)+56)/57)
		for i, line := range lines[:len(lines)-1] {
			assert.Len(t, line, 76, "line %d", i)
		}
		assert.Len(t, lines[len(lines)-1], c.last, "%d bytes beyond full lines", c.more)
	}
}

func TestMailNames(t *testing.T) {
	for _, name := range []string{
		"", "Bar Sport", `Bar "Sport" \ Figli`, "Bar, Sport; di (Rossi) <x@y.it>", "Caffè Università degli Studi d'Oltralpe e dell'Età di Mezzo S.r.l.",
		strings.Repeat("è", 60), "=?utf-8?q?x?=", "日本",
	} {
		m := post(t)
		m.Name = name
		text, err := m.Bytes()
		require.NoError(t, err)
		assert.Equal(t, name, open(t, text).from.Name)
		head, _, _ := strings.Cut(string(text), "\r\n\r\n")
		for line := range strings.SplitSeq(head, "\r\n") {
			assert.LessOrEqual(t, len(line), 100, "headers are folded")
		}
	}
}
