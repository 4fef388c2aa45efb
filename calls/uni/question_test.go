package uni_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// lawful is a question about the sample that every rule lets through.
func lawful(as uni.Form) uni.EncodeQuestion {
	q := uni.EncodeQuestion{Communication: sample().Communication(), As: as, Email: "chiamate@example.it"}
	q.Channel, q.Sent = 0, noon
	for i := range q.Rows {
		q.Rows[i].HireFound = law.Yes
	}
	return q
}

func TestEncodeModel(t *testing.T) {
	out, err := uni.Encode(lawful(uni.FormModel))
	require.NoError(t, err)
	assert.Equal(t, law.VerdictClear, out.Verdict)
	assert.NotEmpty(t, out.Checks)
	assert.Empty(t, out.Findings)
	assert.Equal(t, uni.Texts{string(edited(t))}, out.Models)
	assert.Empty(t, out.Mails)
	assert.Empty(t, out.Texts)

	q := lawful(uni.FormModel)
	q.Envelope = uni.Data
	out, err = uni.Encode(q)
	require.NoError(t, err)
	want, err := uni.Profile{Envelope: uni.Data}.Encode(sample())
	require.NoError(t, err)
	assert.Equal(t, uni.Texts{string(want)}, out.Models)
}

func TestEncodeMail(t *testing.T) {
	q := lawful(uni.FormMail)
	q.MessageID = "1@example.it"
	out, err := uni.Encode(q)
	require.NoError(t, err)
	require.Len(t, out.Mails, 1)
	o := open(t, []byte(out.Mails[0]))
	assert.Equal(t, edited(t), o.attachment)
	assert.Equal(t, "chiamate@example.it", o.from.Address)
	assert.Equal(t, "<1@example.it>", o.Get("Message-ID"))
	assert.Equal(t, "<intermittenti@pec.lavoro.gov.it>", o.Get("To"))

	q.From, q.To = "studio@example.com", "intermittenti@mailcert.lavoro.gov.it"
	out, err = uni.Encode(q)
	require.NoError(t, err)
	assert.Equal(t, law.VerdictClear, out.Verdict, "an old address is an advice")
	advised := false
	for c := range out.Checks.Of(calls.RuleRecipient) {
		advised = c.Severity() == law.Advice
	}
	assert.True(t, advised)
	o = open(t, []byte(out.Mails[0]))
	assert.Equal(t, "studio@example.com", o.from.Address)
	assert.Equal(t, "<intermittenti@mailcert.lavoro.gov.it>", o.Get("To"))
}

func TestEncodeSMS(t *testing.T) {
	q := lawful(uni.FormSMS)
	q.Sender = calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes}
	q.Rows = []calls.Row{
		{Worker: "RSSMRA80A01H501U", First: date.New(2026, 11, 26), Start: noon.Add(12 * time.Hour).Add(-time.Hour), HireFound: law.Yes},
		{Worker: "VRDLGU85T50F205R", First: date.New(2026, 11, 26), Start: noon.Add(time.Hour), Cancel: law.Yes},
	}
	out, err := uni.Encode(q)
	require.NoError(t, err)
	assert.Equal(t, law.VerdictClear, out.Verdict)
	assert.Equal(t, uni.Texts{"A VRDLGU85T50F205R", "I RSSMRA80A01H501U"}, out.Texts, "cancellations first")

	q.Rows[1] = calls.Row{Worker: "VRDLGU85T50F205R", First: date.New(2026, 11, 26), Last: date.New(2026, 11, 27), Start: noon.Add(time.Hour)}
	q.Sent = noon.Add(30 * time.Minute)
	_, err = uni.Encode(q)
	var in *law.InputError
	require.ErrorAs(t, err, &in, "a message names no day")
	assert.Equal(t, law.InputError{Kind: law.KindValue, Path: "/rows/1/last", Detail: in.Detail}, *in)
}

// A breach is written by nobody; the parts stay at hand.
func TestEncodeBreach(t *testing.T) {
	for _, as := range []uni.Form{uni.FormModel, uni.FormMail} {
		q := lawful(as)
		q.Rows[1].Last = q.Rows[1].First // the form refuses it
		out, err := uni.Encode(q)
		require.NoError(t, err)
		assert.Equal(t, law.VerdictBreach, out.Verdict)
		assert.Empty(t, out.Models)
		assert.Empty(t, out.Mails)
		require.ErrorIs(t, out.Checks.Err(), calls.RuleSingleDay)
		text, err := uni.Profile{}.Encode(uni.Models(q.Communication, q.Email)[0])
		require.NoError(t, err)
		assert.Contains(t, string(text), "<DTdatafine2>04/12/2026</DTdatafine2>")
	}
}

// A doubt and a missing fact are written and reported.
func TestEncodeDoubt(t *testing.T) {
	q := lawful(uni.FormModel)
	q.Rows[2].First, q.Rows[2].Last = date.New(2026, 12, 1), date.New(2026, 12, 31)
	q.Rows[2].Last--
	out, err := uni.Encode(q)
	require.NoError(t, err)
	assert.Equal(t, law.VerdictClear, out.Verdict, "30 days")
	q.Rows[0].Worker, q.Rows[1].Worker = q.Rows[2].Worker, "RSSMRA80A01H501U"
	q.Rows[0].First, q.Rows[2].Last = date.New(2026, 11, 27), date.New(2026, 12, 27)
	out, err = uni.Encode(q)
	require.NoError(t, err)
	assert.Equal(t, law.VerdictDoubt, out.Verdict, "28 days of work in 31")
	assert.Len(t, out.Models, 1)

	q = lawful(uni.FormModel)
	q.Sent = noon.AddDate(0, 0, 1) // the first day, at an hour that may be early enough
	out, err = uni.Encode(q)
	require.NoError(t, err)
	assert.Equal(t, law.VerdictUndetermined, out.Verdict)
	assert.Len(t, out.Models, 1)
}

// More than ten rows are several models, cancellations first, each with its own
// checks; the findings point at the rows of the question.
func TestEncodeDivides(t *testing.T) {
	q := lawful(uni.FormMail)
	q.MessageID = "n@example.it"
	q.Rows = nil
	for i := range 23 {
		r := calls.Row{Worker: "RSSMRA80A01H501U", First: date.New(2026, 12, 1) + date.Date(i), HireFound: law.Yes}
		if i%12 == 11 { // the 12th and the 24th
			r.Cancel, r.Worker = law.Yes, "VRDLGU85T50F205R"
		}
		q.Rows = append(q.Rows, r)
	}
	q.Rows[22].HireFound = law.No
	out, err := uni.Encode(q)
	require.NoError(t, err)
	require.Len(t, out.Mails, 4)
	sizes := []int{}
	for i, text := range out.Mails {
		o := open(t, []byte(text))
		doc, err := uni.Read(o.attachment)
		require.NoError(t, err)
		assert.Equal(t, i == 0, doc.Model.Cancel)
		sizes = append(sizes, len(doc.Model.Rows))
		want := "<n@example.it>"
		if i > 0 {
			want = fmt.Sprintf("<%d.n@example.it>", i+1)
		}
		assert.Equal(t, want, o.Get("Message-ID"))
	}
	assert.Equal(t, []int{1, 10, 10, 2}, sizes)
	var paths []string
	for f := range out.Checks.Findings() {
		if f.Rule != law.NotVerified {
			paths = append(paths, f.Path)
		}
	}
	assert.Equal(t, []string{"/rows/22/hire_found"}, paths)
	assert.Len(t, q.Rows, 23)
	assert.Equal(t, law.Yes, q.Rows[11].Cancel, "the question is left as it was")

	q.Rows = q.Rows[:10]
	out, err = uni.Encode(q)
	require.NoError(t, err)
	assert.Len(t, out.Mails, 1, "ten rows, one model")

	q.Rows = elevenRows()
	q.Rows[10] = calls.Row{Worker: "VRDLGU85T50F205R", First: date.New(2026, 11, 26)} // today, at an hour not told
	out, err = uni.Encode(q)
	require.NoError(t, err)
	for c := range out.Checks.Of(calls.RuleBeforeStart) {
		if c.Outcome == law.Undetermined {
			assert.Equal(t, []string{"/rows/10/start"}, c.Needs)
		}
	}
	assert.Equal(t, law.VerdictUndetermined, out.Verdict)
}

// failed lists the failed checks as rule, severity and place.
func failed(out uni.Encoded) (list []string) {
	for c := range out.Checks.Findings() {
		list = append(list, fmt.Sprint(c.Rule, " ", c.Severity, " ", c.Path))
	}
	return list
}

// The rows of a worker are judged together, whatever models they come into; a calls
// model and one of cancellations are not.
func TestEncodeJudgesTogether(t *testing.T) {
	const worker, first = "RSSMRA80A01H501U", 4 // December 2026
	day := func(n int) date.Date { return date.New(2026, 12, first) + date.Date(n) }
	rows := func(days ...int) (list calls.Rows) {
		for _, n := range days {
			list = append(list, calls.Row{Worker: worker, First: day(n), HireFound: law.Yes})
		}
		return list
	}
	ten := []int{0, 2, 4, 6, 8, 10, 12, 14, 16, 18}
	night := func(list calls.Rows, row int) calls.Rows {
		list[row].Start = law.RomeMidnight(list[row].First).Add(22 * time.Hour)
		list[row].End = list[row].Start.Add(6 * time.Hour)
		return list
	}
	cancelled := func(list calls.Rows, rows ...int) calls.Rows {
		for _, i := range rows {
			list[i].Cancel = law.Yes
		}
		return list
	}
	coded := func(list calls.Rows, row int, code string) calls.Rows {
		list[row].Worker = code
		return list
	}
	for name, c := range map[string]struct {
		rows   calls.Rows
		want   []string
		models int
	}{
		"in order":                          {rows(append(ten, 20)...), nil, 2},
		"the next day":                      {rows(append(ten, 19)...), nil, 2},
		"a day again, one model":            {rows(0, 2, 0), []string{"calls.order breach /rows/2/first"}, 0},
		"a day again, two models":           {rows(append(ten, 0)...), []string{"calls.order breach /rows/10/first"}, 0},
		"the last day again":                {rows(append(ten, 18)...), []string{"calls.order breach /rows/10/first"}, 0},
		"an earlier day":                    {rows(append(ten, -1)...), []string{"calls.order breach /rows/10/first"}, 0},
		"a day again, in another form":      {coded(rows(append(ten, 0)...), 10, "RSSMRA80A01H50MM"), []string{"calls.order breach /rows/10/first", "calls.codes advice /rows/10/worker"}, 0},
		"another worker's day":              {coded(rows(append(ten, 0)...), 10, "VRDLGU85T50F205R"), nil, 2},
		"cancelled and called again":        {cancelled(rows(append(ten, 0)...), 10), nil, 2},
		"eleven cancelled":                  {cancelled(rows(append(ten, 20)...), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), nil, 2},
		"cancelled twice":                   {cancelled(rows(append(ten, 18)...), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), []string{"calls.order breach /rows/10/first"}, 0},
		"a night into the next, one model":  {night(rows(0, 2, 3), 1), nil, 1},
		"a night into the next, two models": {night(rows(append(ten, 19)...), 9), nil, 2},
		"a night into no row":               {night(rows(append(ten, 20)...), 9), []string{"calls.covered doubt /rows/9/end"}, 2},
		"a night into a cancelled day":      {cancelled(night(rows(append(ten, 19)...), 9), 10), []string{"calls.covered doubt /rows/9/end"}, 2},
		"a night of the second model":       {night(rows(append(ten, 20, 22)...), 10), []string{"calls.covered doubt /rows/10/end"}, 2},
	} {
		for _, as := range []uni.Form{uni.FormModel, uni.FormMail} {
			q := lawful(as)
			q.Rows = c.rows
			out, err := uni.Encode(q)
			require.NoError(t, err, name)
			assert.Equal(t, c.want, failed(out), name)
			assert.Len(t, append(out.Models, out.Mails...), c.models, name)
		}
	}

	// By text message too, where a model has no say.
	q := lawful(uni.FormSMS)
	q.Sender = calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes}
	q.Rows = nil
	for _, code := range []string{
		worker, "BSSNNA03E54H501G", "VRDLGU85T50F205R", "QGLZNE90A05H501Q", "VRDLGU75D15F205Q",
		"RSSMRA80A41H501Y", "RSSMRA90A01H501W", "RSSMRA90A09H501R", "XXXMPL91C54Z222V", "BNCNNA01T70L219J",
	} {
		q.Rows = append(q.Rows, calls.Row{Worker: code, First: date.New(2026, 11, 26), Start: noon.Add(time.Hour), HireFound: law.Yes})
	}
	out, err := uni.Encode(q)
	require.NoError(t, err)
	assert.Empty(t, failed(out))
	assert.Len(t, out.Texts, 10)
	q.Rows = append(q.Rows, q.Rows[0])
	out, err = uni.Encode(q)
	require.NoError(t, err)
	assert.Equal(t, []string{"calls.order breach /rows/10/first"}, failed(out))
	assert.Empty(t, out.Texts)
}

// A text message names no day: one that says what an earlier one says of another day is
// in doubt, at its own row of the question.
func TestEncodeSameTexts(t *testing.T) {
	q := lawful(uni.FormSMS)
	q.Sender = calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes}
	row := func(worker string, days int, cancel law.Answer) calls.Row {
		r := calls.Row{Worker: worker, First: date.New(2026, 11, 26) + date.Date(days), HireFound: law.Yes, Cancel: cancel}
		r.Start = law.RomeMidnight(r.First).Add(time.Hour)
		if days == 0 {
			r.Start = r.Start.Add(22 * time.Hour)
		}
		return r
	}
	q.Sent = noon.Add(10 * time.Hour)
	q.Rows = calls.Rows{
		row("RSSMRA80A01H501U", 0, law.No), row("BSSNNA03E54H501G", 0, law.Yes), row("VRDLGU85T50F205R", 1, law.No),
		row("BSSNNA03E54H501G", 1, law.Yes), row(" rssmra80a01h501u", 1, law.No), row("BSSNNA03E54H501G", 2, law.Yes),
	}
	out, err := uni.Encode(q)
	require.NoError(t, err)
	assert.Equal(t, []string{
		"calls.sms-window doubt /rows/3", "calls.sms-window doubt /rows/5", "calls.sms-window doubt /rows/4", "calls.codes advice /rows/4/worker",
	}, failed(out))
	assert.Equal(t, law.VerdictDoubt, out.Verdict)
	assert.Equal(t, uni.Texts{
		"A BSSNNA03E54H501G", "A BSSNNA03E54H501G", "A BSSNNA03E54H501G", "I RSSMRA80A01H501U", "I VRDLGU85T50F205R", "I RSSMRA80A01H501U",
	}, out.Texts)
	lawtest.Complete(t, calls.Rules(), out.Checks)
	for c := range out.Checks.Of(calls.RuleSMSWindow) {
		assert.Equal(t, law.Fail, c.Outcome, "neither a pass beside it")
	}

	q.Rows[4].Start = time.Time{} // a fact that is missing stays open
	out, err = uni.Encode(q)
	require.NoError(t, err)
	assert.Equal(t, law.VerdictUndetermined, out.Verdict)
	assert.Contains(t, failed(out), "calls.sms-window doubt /rows/4")

	q.Sent = time.Date(2013, 7, 2, 12, 0, 0, 0, time.UTC) // the day before the rule
	q.Rows = calls.Rows{{Worker: "RSSMRA80A01H501U", First: date.New(2013, 7, 4)}, {Worker: "RSSMRA80A01H501U", First: date.New(2013, 7, 5)}}
	out, err = uni.Encode(q)
	require.NoError(t, err)
	assert.NotContains(t, failed(out), "calls.sms-window doubt /rows/1")
	q.Sent = q.Sent.AddDate(0, 0, 1)
	q.Kind = calls.KindCancel
	out, err = uni.Encode(q)
	require.NoError(t, err)
	assert.Equal(t, []string{"calls.sms-window doubt /rows/1"}, failed(out))
}

// What the form and the sources set for a model, and the thirty days of each message
// that a worker may be called for, are asked of every model.
func TestEncodeJudgesModels(t *testing.T) {
	q := lawful(uni.FormModel)
	q.Rows = nil
	for i := range 35 {
		q.Rows = append(q.Rows, calls.Row{Worker: "RSSMRA80A01H501U", First: date.New(2026, 12, 1) + date.Date(2*i), HireFound: law.Yes})
	}
	out, err := uni.Encode(q)
	require.NoError(t, err)
	assert.Empty(t, failed(out), "four messages, each of ten days at most")
	assert.Len(t, out.Models, 4)
	for _, id := range []law.RuleID{calls.RuleCycle, calls.RuleRows, calls.RuleOneKind, calls.RuleOneModel} {
		n := 0
		for c := range out.Checks.Of(id) {
			n++
			assert.Equal(t, law.Pass, c.Outcome, id)
		}
		assert.Equal(t, 4, n, id)
	}
	rules := map[law.RuleID]int{}
	var order []law.RuleID
	for _, c := range out.Checks {
		if rules[c.Rule()]++; rules[c.Rule()] == 1 {
			order = append(order, c.Rule())
		}
	}
	for i, r := range calls.Rules() {
		assert.Equal(t, r.ID, order[i])
	}
	assert.Equal(t, 1, rules[calls.RuleOrder])

	q.Rows[12].Last = q.Rows[12].First + 30 // 31 days, in the second model
	q.Rows = q.Rows[:13]
	out, err = uni.Encode(q)
	require.NoError(t, err)
	assert.Equal(t, []string{"calls.cycle breach /rows/10", "calls.period doubt /rows/12/last"}, failed(out))
	assert.Empty(t, out.Models)
	q.Models = 2
	q.Rows = q.Rows[:12]
	out, err = uni.Encode(q)
	require.NoError(t, err)
	assert.Equal(t, []string{"calls.one-model breach /models", "calls.one-model breach /models"}, failed(out))
}

func TestEncodeFindsTheFormsRefusals(t *testing.T) {
	q := lawful(uni.FormModel)
	q.Email = "chiamate@example.online"
	out, err := uni.Encode(q)
	require.NoError(t, err)
	assert.Equal(t, law.VerdictClear, out.Verdict, "no judgment in law")
	assert.Equal(t, []uni.Finding{{Kind: uni.FoundEmail, Element: "EMmail"}}, out.Findings)
	assert.Len(t, out.Models, 1)

	q.Rows = elevenRows()
	q.Rows[10].Worker = q.Rows[0].Worker
	out, err = uni.Encode(q)
	require.NoError(t, err)
	assert.Len(t, out.Models, 2)
	assert.Len(t, out.Findings, 1, "the same in both is said once")
}

func TestEncodeInput(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*uni.EncodeQuestion)
		kind   law.Kind
		path   string
	}{
		"no form":              {func(q *uni.EncodeQuestion) { q.As = 0 }, law.KindMissing, "/as"},
		"no address":           {func(q *uni.EncodeQuestion) { q.Email = "" }, law.KindMissing, "/email"},
		"an address of lines":  {func(q *uni.EncodeQuestion) { q.Email = "a@example.it\nBcc: b" }, law.KindValue, "/email"},
		"another channel":      {func(q *uni.EncodeQuestion) { q.Channel = calls.ChannelSMS }, law.KindValue, "/channel"},
		"no kind":              {func(q *uni.EncodeQuestion) { q.Kind = 0 }, law.KindMissing, "/kind"},
		"no rows":              {func(q *uni.EncodeQuestion) { q.Rows = nil }, law.KindMissing, "/rows"},
		"no instant":           {func(q *uni.EncodeQuestion) { q.Sent = time.Time{} }, law.KindMissing, "/sent"},
		"no worker, row 11":    {func(q *uni.EncodeQuestion) { q.Rows = elevenRows() }, law.KindMissing, "/rows/10/worker"},
		"an end before, row 0": {func(q *uni.EncodeQuestion) { q.Rows[0].Last = q.Rows[0].First - 1 }, law.KindSpan, "/rows/0/last"},
		"a sender of lines":    {func(q *uni.EncodeQuestion) { q.As, q.From = uni.FormMail, "a@example.it\r\nX: y" }, law.KindValue, "/from"},
		"an odd address":       {func(q *uni.EncodeQuestion) { q.As, q.Email = uni.FormMail, "a b@example.it" }, law.KindValue, "/email"},
		"an accent in a mail":  {func(q *uni.EncodeQuestion) { q.As, q.Email = uni.FormMail, "perché@example.it" }, law.KindValue, "/email"},
		"many days, row 19": {func(q *uni.EncodeQuestion) {
			q.Rows = append(q.Rows[:0], elevenRows()[:10]...)
			for i := range 10 { // within what twenty rows may hold, not within what ten may
				q.Rows = append(q.Rows, calls.Row{Worker: "VRDLGU85T50F205R", First: date.New(2027, 1, 1) + date.Date(150*i), Last: date.New(2027, 1, 1) + date.Date(150*i+149)})
			}
		}, law.KindTooLong, "/rows/19"},
		"an odd recipient":    {func(q *uni.EncodeQuestion) { q.As, q.To = uni.FormMail, "x" }, law.KindValue, "/to"},
		"an odd identifier":   {func(q *uni.EncodeQuestion) { q.As, q.MessageID = uni.FormMail, "<1@x.it>" }, law.KindValue, "/message_id"},
		"an address too long": {func(q *uni.EncodeQuestion) { q.Email = strings.Repeat("a", uni.MaxSize) }, law.KindValue, "/email"},
	} {
		t.Run(name, func(t *testing.T) {
			q := lawful(uni.FormModel)
			c.change(&q)
			_, err := uni.Encode(q)
			var in *law.InputError
			require.ErrorAs(t, err, &in)
			assert.Equal(t, c.kind, in.Kind)
			assert.Equal(t, c.path, in.Path)
		})
	}
}

// The form sends nothing with what is no address, nor with one that its field cannot
// hold; what its pattern refuses besides is a finding.
func TestEncodeAddress(t *testing.T) {
	long := strings.Repeat("a", 50-len("@example.com")) + "@example.com"
	for address, want := range map[string]struct{ refused, found bool }{
		"chiamate@example.it": {},
		long:                  {},
		"a" + long:            {refused: true},
		"chiamate":            {refused: true},
		"@":                   {refused: true},
		"@example.it":         {refused: true},
		"chiamate@":           {refused: true},
		"a@b@example.it":      {refused: true},
		"a b@example.it":      {refused: true},
		"a\u00a0b@example.it": {refused: true},
		"ab@exam ple.it":      {refused: true},
		" ab@example.it":      {refused: true},
		"ab@example.info":     {found: true},
		"a+b@example.it":      {found: true},
		"ab@example":          {found: true},
		"ab@x.it":             {found: true},
		"perché@example.it":   {found: true},
	} {
		for _, as := range []uni.Form{uni.FormModel, uni.FormMail} {
			q := lawful(as)
			q.Email, q.From = address, "chiamate@example.it"
			out, err := uni.Encode(q)
			if want.refused {
				var in *law.InputError
				require.ErrorAs(t, err, &in, address)
				assert.Equal(t, law.InputError{Kind: law.KindValue, Path: "/email", Detail: in.Detail}, *in)
				assert.NotContains(t, in.Detail.EN+in.Detail.IT, address)
				continue
			}
			require.NoError(t, err, address)
			assert.Equal(t, law.VerdictClear, out.Verdict, address)
			assert.Equal(t, want.found, len(out.Findings) > 0, address)
			assert.Len(t, append(out.Models, out.Mails...), 1, address)
		}
	}
	q := lawful(uni.FormSMS)
	q.Email, q.Rows = "chiamate", q.Rows[:1]
	_, err := uni.Encode(q)
	assert.NoError(t, err, "a text message has no address")
}

func elevenRows() []calls.Row {
	rows := make([]calls.Row, 11)
	for i := range rows {
		rows[i] = calls.Row{Worker: "RSSMRA80A01H501U", First: date.New(2026, 12, 1) + date.Date(i)}
	}
	rows[10].Worker = ""
	return rows
}

func TestEncodeQuestionJSON(t *testing.T) {
	const text = `{"kind":"call","sent":"2026-11-26T12:00:00+01:00","employer":"12345670017",
		"rows":[{"worker":"RSSMRA80A01H501U","first":"2026-11-27"}],
		"as":"mail","email":"chiamate@example.it","envelope":"data","from":"a@example.com","message_id":"1@example.com"}`
	var q uni.EncodeQuestion
	require.NoError(t, json.Unmarshal([]byte(text), &q))
	assert.Equal(t, uni.FormMail, q.As)
	assert.Equal(t, uni.Data, q.Envelope)
	assert.Equal(t, date.New(2026, 11, 27), q.Rows[0].First)
	assert.Equal(t, "1@example.com", q.MessageID)
	out, err := uni.Encode(q)
	require.NoError(t, err)
	b, err := json.MarshalIndent(out, "", "  ")
	require.NoError(t, err)
	lawtest.Golden(t, "encoded.json", string(b)+"\n")

	for _, bad := range []string{`{"as":"pdf"}`, `{"as":"mail","as":"mail"}`, `{"form":"mail"}`, `{"envelope":"xdp"}`, `[]`} {
		assert.Error(t, json.Unmarshal([]byte(bad), new(uni.EncodeQuestion)), bad)
	}
}

func TestDecode(t *testing.T) {
	out, err := uni.Decode(uni.DecodeQuestion{Text: "\ufeff\n" + string(edited(t, `<?xml version="1.0" encoding="UTF-8"?>`, "", "06/12/2026", "04/12/2026", "</Campi>", "<NTnota>x</NTnota></Campi>"))})
	require.NoError(t, err)
	b, err := json.MarshalIndent(out, "", "  ")
	require.NoError(t, err)
	lawtest.Golden(t, "decoded.json", string(b)+"\n")

	out, err = uni.Decode(uni.DecodeQuestion{Text: "A RSSMRA80A01H501U"})
	require.NoError(t, err)
	assert.Equal(t, calls.Communication{
		Kind: calls.KindCancel, Channel: calls.ChannelSMS, Rows: []calls.Row{{Worker: "RSSMRA80A01H501U"}},
	}, out.Communication)

	for _, c := range []struct {
		text string
		want law.Kind
	}{
		{"", law.KindMissing}, {"X", law.KindValue}, {"<a/>", law.KindValue}, {" \n<a", law.KindValue},
		{"%PDF-1.7\n%\n", "uni.pdf"}, {"\ufeff\n%PDF-1.4", "uni.pdf"},
		{"From: a@example.it\nSubject: x\n\nI RSSMRA80A01H501U", "uni.mail"}, {"Received: by x\r\n\tfor y\r\n\r\n", "uni.mail"},
		{"From a@example.it Thu Nov 26 12:00:00 2026\nDate: x\n\n", "uni.mail"},
		{"Name: value\n\n", law.KindValue}, {"PDF", law.KindValue},
	} {
		_, err := uni.Decode(uni.DecodeQuestion{Text: c.text})
		var in *law.InputError
		require.ErrorAs(t, err, &in, "%q", c.text)
		assert.Equal(t, c.want, in.Kind)
		assert.Equal(t, "/text", in.Path)
	}
}

// Codes are written in their official form, whatever the question holds. A text that is
// no code is left as it is: the rules refuse it.
func TestModelsWriteOfficialCodes(t *testing.T) {
	q := lawful(uni.FormModel)
	q.Employer, q.Rows[0].Worker, q.Rows[1].Worker = " 123456 70017", "'rssmra80a01h501u", "rossi mario"
	m := uni.Models(q.Communication, q.Email)[0]
	assert.Equal(t, []string{"12345670017", "RSSMRA80A01H501U", "rossi mario"}, []string{m.Employer, m.Rows[0].Worker, m.Rows[1].Worker})

	q = lawful(uni.FormSMS)
	q.Sender = calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes}
	q.Rows = []calls.Row{{Worker: " rssmra80a01h501u", First: date.New(2026, 11, 26), Start: noon.Add(time.Hour), HireFound: law.Yes}}
	out, err := uni.Encode(q)
	require.NoError(t, err)
	for _, text := range out.Texts { // none when the rules call the spelling a breach
		assert.Equal(t, "I RSSMRA80A01H501U", text)
	}
}
