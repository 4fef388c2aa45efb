package uni_test

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// call is Friday 6 March 2026 for one worker.
func call() calls.Communication {
	return calls.Communication{
		Kind:     calls.KindCall,
		Channel:  calls.ChannelEmail,
		Sent:     time.Date(2026, 3, 2, 12, 0, 0, 0, time.FixedZone("", 3600)),
		Employer: "12345670017",
		Rows:     []calls.Row{{Worker: "RSSMRA80A01H501U", First: date.New(2026, 3, 6), HireFound: law.Yes}},
	}
}

func ExampleEncode() {
	out, err := uni.Encode(uni.EncodeQuestion{Communication: call(), As: uni.FormMail, Email: "chiamate@example.it"})
	if err != nil {
		fmt.Println(err)
		return
	}
	head, _, _ := strings.Cut(out.Mails[0], "\r\nMessage-ID")
	fmt.Println(out.Verdict)
	fmt.Println(strings.ReplaceAll(head, "\r\n", "\n"))
	// Output:
	// clear
	// Date: Mon, 02 Mar 2026 12:00:00 +0100
	// From: <chiamate@example.it>
	// To: <intermittenti@pec.lavoro.gov.it>
	// Subject: Invio telematico Modulo Intermittenti
}

// A communication in breach is not written.
func ExampleEncode_breach() {
	c := call()
	c.Sent = time.Date(2026, 3, 7, 12, 0, 0, 0, time.FixedZone("", 3600))
	out, err := uni.Encode(uni.EncodeQuestion{Communication: c, As: uni.FormModel, Email: "chiamate@example.it"})
	fmt.Println(err, out.Verdict, len(out.Models))
	fmt.Println(errors.Is(out.Checks.Err(), calls.RuleBeforeStart))
	// Output:
	// <nil> breach 0
	// true
}

// A model written without the legal checks, in a profile of the caller's choice.
func ExampleModels() {
	for _, m := range uni.Models(call(), "chiamate@example.it") {
		text, err := uni.Profile{Envelope: uni.Datasets, UsedRowsOnly: true}.Encode(m)
		fmt.Print(string(text), err)
	}
	// Output:
	// <xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/">
	// <xfa:data>
	// <moduloIntermittenti>
	// <Campi>
	// <CFdatorelavoro>12345670017</CFdatorelavoro>
	// <BCbarcodeModello01>ML-15-01</BCbarcodeModello01>
	// <BCbarcodeModello01>ML-15-01</BCbarcodeModello01>
	// <EMmail>chiamate@example.it</EMmail>
	// <ANannullamento>0</ANannullamento>
	// <CFlavoratore1>RSSMRA80A01H501U</CFlavoratore1>
	// <CCcodcomunicazione1/>
	// <DTdatainizio1>06/03/2026</DTdatainizio1>
	// <DTdatafine1/>
	// </Campi>
	// </moduloIntermittenti>
	// </xfa:data>
	// </xfa:datasets>
	// <nil>
}

// others is how another program writes the model.
const others = `<moduloIntermittenti><Campi>
<CFdatorelavoro>12345670017</CFdatorelavoro>
<BCbarcodeModello01>ML-15-01</BCbarcodeModello01><BCbarcodeModello01>ML-15-01</BCbarcodeModello01>
<EMmail>chiamate@example.it</EMmail>
<ANannullamento>0</ANannullamento>
<CFlavoratore1>RSSMRA80A01H501U</CFlavoratore1><CCcodcomunicazione1></CCcodcomunicazione1>
<DTdatainizio1>2026-03-06</DTdatainizio1><DTdatafine1>2026-03-06</DTdatafine1>
</Campi></moduloIntermittenti>`

func ExampleRead() {
	doc, err := uni.Read([]byte(others))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(law.FormatDay(doc.Model.Rows[0].First))
	for _, f := range doc.Findings {
		fmt.Println(f.Line, f.Text().EN)
	}
	// Output:
	// 2026-03-06
	// 1 rows are missing; the form writes all ten
	// 7 DTdatainizio1: a day written YYYY-MM-DD; the form writes DD/MM/YYYY
	// 7 DTdatafine1: a day written YYYY-MM-DD; the form writes DD/MM/YYYY
	// 7 DTdatafine1: the end equals the start; the form wants a single day without end
}

func ExampleLearn() {
	p, err := uni.Learn([]byte(others))
	fmt.Println(p.Envelope, p.ISODates, p.RepeatEnd, p.LongEmpty, p.UsedRowsOnly, err)
	diff, err := uni.Profile{}.Diff([]byte(others))
	for _, d := range diff {
		fmt.Println(d.EN)
	}
	fmt.Println(err)
	// Output:
	// bare true true true true <nil>
	// the XML declaration
	// the style of days
	// the end of a single day
	// the style of empty elements
	// the empty rows
	// <nil>
}

func ExampleModel_Check() {
	m := uni.Model{Employer: "12345670017", Email: "chiamate@example.online", Rows: []uni.Row{{HireCode: "1300026012345678"}}}
	for _, f := range m.Check() {
		fmt.Println(f.Text().IT)
	}
	// Output:
	// EMmail: è un indirizzo che il controllo del modello rifiuta
	// CFlavoratore1: è vuoto; il modello lo richiede
	// DTdatainizio1: è vuoto; il modello lo richiede
}

func ExampleMail_Bytes() {
	model, err := uni.Profile{}.Encode(uni.Models(call(), "chiamate@example.it")[0])
	if err != nil {
		fmt.Println(err)
		return
	}
	message, err := uni.Mail{
		From: "chiamate@example.it", Name: "Caffè Roma", Date: call().Sent, ID: "1@example.it", Model: model,
	}.Bytes()
	head, _, _ := strings.Cut(string(message), "MIME-Version")
	fmt.Print(strings.ReplaceAll(head, "\r\n", "\n"), err)
	// Output:
	// Date: Mon, 02 Mar 2026 12:00:00 +0100
	// From: =?utf-8?q?Caff=C3=A8_Roma?=
	//  <chiamate@example.it>
	// To: <intermittenti@pec.lavoro.gov.it>
	// Subject: Invio telematico Modulo Intermittenti
	// Message-ID: <1@example.it>
	// <nil>
}

// The model is taken out of a mail that was sent, and read.
func ExampleReadMail() {
	out, err := uni.Encode(uni.EncodeQuestion{Communication: call(), As: uni.FormMail, Email: "chiamate@example.it"})
	if err != nil {
		fmt.Println(err)
		return
	}
	model, err := uni.ReadMail([]byte(out.Mails[0]))
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := uni.Read(model)
	fmt.Println(len(doc.Model.Rows), law.FormatDay(doc.Model.Rows[0].First), err)
	// Output: 1 2026-03-06 <nil>
}

func ExampleSMS() {
	worker, err := cf.Parse("RSSMRA80A01H501U")
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := uni.SMS{Worker: worker}.Text()
	fmt.Println(uni.SMSNumber, text, err)
	s, _, err := uni.ReadSMS("A RSSMRA80A01H501U")
	fmt.Println(s.Cancel, s.Worker == worker, err)
	// Output:
	// +393399942256 I RSSMRA80A01H501U <nil>
	// true true <nil>
}

func ExampleDecode() {
	out, err := uni.Decode(uni.DecodeQuestion{Text: others})
	fmt.Println(out.Communication.Kind, len(out.Communication.Rows), len(out.Findings), err)
	// Output: call 1 4 <nil>
}

// A code as a spreadsheet holds it is read, and one with a wrong letter is named.
func ExampleDecode_codes() {
	for _, code := range []string{"'rssmra80a01h501u", "RSSMRA80A01H501X"} {
		out, err := uni.Decode(uni.DecodeQuestion{Text: strings.Replace(others, "RSSMRA80A01H501U", code, 1)})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(out.Communication.Rows[0].Worker)
		for _, f := range out.Findings[1:3] {
			fmt.Println(" ", f.Text().EN)
		}
	}
	// Output:
	// RSSMRA80A01H501U
	//   CFlavoratore1: an apostrophe before the code was left out
	//   CFlavoratore1: lower-case letters were read as capitals
	// RSSMRA80A01H501X
	//   CFlavoratore1: is no tax code: wrong control character at position 16, expected U
	//   DTdatainizio1: a day written YYYY-MM-DD; the form writes DD/MM/YYYY
}
