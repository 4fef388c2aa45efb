package calls

import (
	"fmt"
	"time"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// No fact holds a worker's code: the path of the finding says whose row it is.

// What is said of failures that have no particulars.
var (
	phoneNotRegistered = law.Statement{
		EN: "The number is not registered on the portal: its messages are not considered.",
		IT: "Il numero non è registrato sul portale: i suoi messaggi non sono considerati.",
	}
	smsForClient = law.Statement{
		EN: "A consultant may send text messages for its own company only, not for clients.",
		IT: "Il consulente può usare l'SMS solo per la propria azienda, non per i clienti.",
	}
	faxUnproved = law.Statement{
		EN: "Fax is allowed only when the system does not work, and that must be proved.",
		IT: "Il fax è ammesso solo in caso di malfunzionamento del sistema, da provare.",
	}
	faxFading = law.Statement{
		EN: "Fax has all but disappeared from the offices: keep the notice of the malfunction and the receipt of the fax.",
		IT: "Il fax è quasi scomparso dagli uffici: conservare l'avviso di malfunzionamento e la ricevuta del fax.",
	}
	entityCode = law.Statement{
		EN: "The worker's code is that of an entity: a person has sixteen characters, or the eleven digits of a provisional number.",
		IT: "Il codice del lavoratore è di un ente: una persona ha sedici caratteri, o le undici cifre del numero provvisorio.",
	}
	codeNotTyped = law.Statement{
		EN: "The code is valid (omocodia), but the official form does not take it: use the portal or the app.",
		IT: "Il codice è valido (omocodia), ma il modello ufficiale non lo accetta: usare il portale o l'app.",
	}
	badHireCode = law.Statement{
		EN: "The code of the hire's communication has 16 digits, or 7 digits, a letter and 8 digits. It is optional: leave it out rather than invent one.",
		IT: "Il codice della comunicazione di assunzione ha 16 cifre, oppure 7 cifre, una lettera e 8 cifre. È facoltativo: meglio ometterlo che inventarlo.",
	}
	noHireFound = law.Statement{
		EN: "No open on-call job of this worker with this employer is known: the portal lets the call go on, but the hire must have been communicated.",
		IT: "Non risulta un rapporto intermittente aperto tra lavoratore e datore: il portale lascia proseguire, ma l'assunzione deve essere stata comunicata.",
	}
	faxAbolished = law.Statement{
		EN: "From 19 December 2012 to 2 July 2013 fax was no channel for communications: they went by e-mail, text message or the portal.",
		IT: "Dal 19 dicembre 2012 al 2 luglio 2013 il fax non era un canale per le comunicazioni: si usavano e-mail, SMS o portale.",
	}
)

// Late are the facts of a communication that did not precede the work.
type Late struct {
	Day   date.Date `json:"day"`
	Sent  time.Time `json:"sent"`
	Start time.Time `json:"start,omitzero"`
}

// Text implements [law.Facts].
func (f Late) Text() law.Text {
	if f.Start.IsZero() {
		return law.Say("Sent on %s, after the work of %s.", "Inviata il %s, dopo la prestazione del %s.", f.Sent, f.Day)
	}
	return law.Say("Sent on %s, not before the work that began on %s.",
		"Inviata il %s, non prima dell'inizio della prestazione, il %s.", f.Sent, f.Start)
}

// Error is the English text.
func (f Late) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f Late) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Day("day", f.Day)
	o.Instant("sent", f.Sent)
	if !f.Start.IsZero() {
		o.Instant("start", f.Start)
	}
	return o.Close()
}

// TooManyDays are the facts of a cycle with more days of work than allowed.
type TooManyDays struct {
	Days int `json:"days"`
	Max  int `json:"max"`
}

// Text implements [law.Facts].
func (f TooManyDays) Text() law.Text {
	return law.Say("%d days of work of one worker in one communication; at most %d are allowed. Send the rest in another.",
		"%d giornate di un lavoratore in una comunicazione, a fronte di un massimo di %d. Le altre vanno in una seconda comunicazione.", f.Days, f.Max)
}

// Error is the English text.
func (f TooManyDays) Error() string { return f.Text().EN }

// WideCycle are the facts of a cycle within the days of work allowed that is
// spread over more calendar days.
type WideCycle struct {
	Span law.Span `json:"span"`
	Days int      `json:"days"`
	Max  int      `json:"max"`
}

// Text implements [law.Facts].
func (f WideCycle) Text() law.Text {
	return law.Say("The days of one worker go %s: %d calendar days. The Ministry counts days of work; to the letter of the law a cycle has at most %d days.",
		"Le giornate di un lavoratore vanno %s: %d giorni di calendario. Il Ministero conta le giornate di lavoro; alla lettera della legge il ciclo non supera %d giorni.",
		between(f.Span), f.Days, f.Max)
}

// Error is the English text.
func (f WideCycle) Error() string { return f.Text().EN }

// LongRow are the facts of a row of more calendar days than the portal takes.
type LongRow struct {
	Span law.Span `json:"span"`
	Days int      `json:"days"`
	Max  int      `json:"max"`
}

// Text implements [law.Facts].
func (f LongRow) Text() law.Text {
	return law.Say("The row goes %s: %d days; at most %d are allowed.",
		"La riga va %s: %d giorni, a fronte di un massimo di %d.", between(f.Span), f.Days, f.Max)
}

// Error is the English text.
func (f LongRow) Error() string { return f.Text().EN }

// OutOfOrder are the facts of a row that does not come after the worker's row
// before it.
type OutOfOrder struct {
	Row    law.Span `json:"row"`
	Before law.Span `json:"before"` // the days of the row before it
}

// Text implements [law.Facts].
func (f OutOfOrder) Text() law.Text {
	if !f.Row.Intersect(f.Before).IsZero() {
		return law.Say("The row (%s) repeats days of the row before it (%s).",
			"La riga (%s) ripete giorni della riga precedente (%s).", f.Row, f.Before)
	}
	return law.Say("The row (%s) comes after a later one (%s) of the same worker.",
		"La riga (%s) segue una riga successiva nel tempo (%s) dello stesso lavoratore.", f.Row, f.Before)
}

// Error is the English text.
func (f OutOfOrder) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f OutOfOrder) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(f.Row.AppendJSON(o.Name("row")))
	o.Add(f.Before.AppendJSON(o.Name("before")))
	return o.Close()
}

// SameEnd are the facts of a single day written with its end.
type SameEnd struct {
	Day date.Date `json:"day"`
}

// Text implements [law.Facts].
func (f SameEnd) Text() law.Text {
	return law.Say("A single day (%s) is written with its first day alone: the official form refuses an end equal to the start.",
		"La giornata singola (%s) si indica con la sola data di inizio: il modello ufficiale rifiuta una fine uguale all'inizio.", f.Day)
}

// Error is the English text.
func (f SameEnd) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f SameEnd) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Day("day", f.Day)
	return o.Close()
}

// TooManyRows are the facts of a model with more rows than it has.
type TooManyRows struct {
	Rows int `json:"rows"`
	Max  int `json:"max"`
}

// Text implements [law.Facts].
func (f TooManyRows) Text() law.Text {
	return law.Say("%d rows: a model has %d. Send the rest in another message.",
		"%d righe: il modello ne ha %d. Le altre vanno in un secondo messaggio.", f.Rows, f.Max)
}

// Error is the English text.
func (f TooManyRows) Error() string { return f.Text().EN }

// MixedKinds are the facts of a row of the other kind than its model.
type MixedKinds struct {
	Model Kind `json:"model,omitzero"`
}

// Text implements [law.Facts].
func (f MixedKinds) Text() law.Text {
	if f.Model == KindCancel {
		return law.Say("A call in a model of cancellations: the flag of the model holds for every row.",
			"Una chiamata in un modello di annullamento: la casella del modello vale per ogni riga.")
	}
	return law.Say("A cancellation in a model of calls: the flag of the model holds for every row.",
		"Un annullamento in un modello di chiamata: la casella del modello vale per ogni riga.")
}

// Error is the English text.
func (f MixedKinds) Error() string { return f.Text().EN }

// TooManyModels are the facts of an e-mail with several models.
type TooManyModels struct {
	Models int `json:"models"`
	Max    int `json:"max"`
}

// Text implements [law.Facts].
func (f TooManyModels) Text() law.Text {
	return law.Say("%d models in one e-mail are not acquired: send at most %d per e-mail. What was sent in good order but not acquired is not to be fined.",
		"%d modelli in una sola e-mail non sono acquisiti: se ne può inviare al massimo %d per e-mail. Un invio regolare ma non acquisito non va sanzionato.", f.Models, f.Max)
}

// Error is the English text.
func (f TooManyModels) Error() string { return f.Text().EN }

// ChannelNotYet says that a communication was sent by a channel before its first day.
type ChannelNotYet struct {
	Channel Channel   `json:"channel,omitzero"`
	From    date.Date `json:"from"` // its first day
	// ToOffice says that it was then good at the territorial labour office.
	ToOffice bool `json:"to_office,omitzero"`
}

// Text implements [law.Facts].
func (f ChannelNotYet) Text() law.Text {
	var but law.Text
	if f.ToOffice {
		but = law.Text{
			EN: " Until then it was good at the territorial labour office: have proof that it went there.",
			IT: " Fino ad allora valeva presso la direzione territoriale del lavoro: serve la prova dell'invio a questa.",
		}
	}
	return law.Say("Sent by a channel that opened on %[2]s only: %[1]s.%[3]s", "Inviata con un canale aperto solo dal %[2]s: %[1]s.%[3]s", f.Channel.Label(), f.From, but)
}

// Error is the English text.
func (f ChannelNotYet) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f ChannelNotYet) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	if f.Channel != 0 {
		o.Add(law.AppendString(o.Name("channel"), f.Channel.String()), nil)
	}
	o.Day("from", f.From)
	if f.ToOffice {
		o.Bool("to_office", true)
	}
	return o.Close()
}

// OtherAddress are the facts of an e-mail to another address.
type OtherAddress struct {
	InUse string `json:"in_use"` // the address in use on the day
}

// Text implements [law.Facts].
func (f OtherAddress) Text() law.Text {
	return law.Say("Sent to another address: the one in use was %s.", "Inviata a un altro indirizzo: quello in uso era %s.", f.InUse)
}

// Error is the English text.
func (f OtherAddress) Error() string { return f.Text().EN }

// OfficeAddress are the facts of an e-mail to an address that may be that of a
// territorial office, in the time when those were good too.
type OfficeAddress struct {
	InUse string `json:"in_use"` // the address of the mailbox on the day
}

// Text implements [law.Facts].
func (f OfficeAddress) Text() law.Text {
	return law.Say("Not sent to the mailbox in use (%s). It was good all the same if the address is that of the competent territorial office.",
		"Non inviata alla casella in uso (%s). Era comunque valida se l'indirizzo è quello dell'ufficio territoriale competente.", f.InUse)
}

// Error is the English text.
func (f OfficeAddress) Error() string { return f.Text().EN }

// TooFarForSMS are the facts of a text message sent too early.
type TooFarForSMS struct {
	Sent  time.Time `json:"sent"`
	Day   date.Date `json:"day"` // the day of work out of reach
	Hours int       `json:"hours"`
}

// Text implements [law.Facts].
func (f TooFarForSMS) Text() law.Text {
	return law.Say("A text message covers work within %d hours of sending: sent on %s, it does not reach all the work of %s. Use the portal, the app or e-mail.",
		"L'SMS vale per prestazioni da rendere entro %d ore dall'invio: inviato il %s, non copre tutta la prestazione del %s. Usare il portale, l'app o l'e-mail.",
		f.Hours, f.Sent, f.Day)
}

// Error is the English text.
func (f TooFarForSMS) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f TooFarForSMS) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Instant("sent", f.Sent)
	o.Day("day", f.Day)
	o.Int("hours", f.Hours)
	return o.Close()
}

// OnlyAgibilita are the facts of a day for which the certificate of agibilità took
// the place of a communication.
type OnlyAgibilita struct {
	Day date.Date `json:"day"`
}

// Text implements [law.Facts].
func (f OnlyAgibilita) Text() law.Text {
	if agibilita.Value(f.Day) == worthUnsure {
		return law.Say("For %s the certificate of agibilità was widely held to be enough; it is not, but inspectors are to bear the confusion in mind.",
			"Per il %s il certificato di agibilità era comunemente ritenuto sufficiente; non lo è, ma gli ispettori tengono conto dell'incertezza.", f.Day)
	}
	return law.Say("For %s the certificate of agibilità does not replace the communication.",
		"Per il %s il certificato di agibilità non sostituisce la comunicazione.", f.Day)
}

// Error is the English text.
func (f OnlyAgibilita) Error() string { return f.Text().EN }

// BadCode are the facts of a codice fiscale that is none. It never holds the code.
type BadCode struct {
	Kind string `json:"kind"` // the kind of package cf
}

// Text implements [law.Facts].
func (f BadCode) Text() law.Text {
	return law.Say("The codice fiscale is not valid (%s).", "Il codice fiscale non è valido (%s).", f.Kind)
}

// Error is the English text.
func (f BadCode) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f BadCode) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.String("kind", f.Kind)
	return o.Close()
}

// Tidied are the facts of a code that is valid once tidied.
type Tidied struct {
	Changes cf.Changes `json:"changes"` // what had to be changed to read it
}

// Text implements [law.Facts].
func (f Tidied) Text() law.Text {
	t := f.Changes.Text()
	return law.Say("The tax code is valid, but not written in the official form (%s): it was read so. Send it in capitals and digits alone.",
		"Il codice fiscale è valido, ma non è scritto nella forma ufficiale (%s): è stato letto così. Va inviato con sole maiuscole e cifre.",
		law.Text{EN: t.EN, IT: t.IT})
}

// Error is the English text.
func (f Tidied) Error() string { return f.Text().EN }

// TwoForms are the facts of two rows whose codes are forms of one (omocodia). The rows
// are counted as one worker's.
type TwoForms struct {
	First int `json:"first"` // rows from 0
	Row   int `json:"row"`
}

// Text implements [law.Facts].
func (f TwoForms) Text() law.Text {
	return law.Say("Rows %d and %d carry two forms of one tax code (omocodia): they count as one worker's. Verify, since another person may hold the other form.",
		"Le righe %d e %d riportano due forme dello stesso codice fiscale (omocodia): valgono per un solo lavoratore. Verificare, perché l'altra forma può appartenere a un'altra persona.",
		f.First+1, f.Row+1)
}

// Error is the English text.
func (f TwoForms) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f TwoForms) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Int("first", f.First)
	o.Int("row", f.Row)
	return o.Close()
}

// OneWorker are the facts of an account that took two forms of one code (omocodia) for
// one worker's, with the places of the two.
type OneWorker struct {
	First string `json:"first"` // JSON pointers
	Other string `json:"other"`
}

// Text implements [law.Facts].
func (f OneWorker) Text() law.Text {
	return law.Say("Two forms of one tax code (omocodia) are used, %s and %s: they count as one worker's. Verify, since another person may hold the other form.",
		"Sono usate due forme dello stesso codice fiscale (omocodia), %s e %s: valgono per un solo lavoratore. Verificare, perché l'altra forma può appartenere a un'altra persona.",
		placeText(f.First), placeText(f.Other))
}

// Error is the English text.
func (f OneWorker) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f OneWorker) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.String("first", f.First)
	o.String("other", f.Other)
	return o.Close()
}

// placeText names the place of a row or of a shift in a reconciliation, or of a worker.
func placeText(pointer string) law.Text {
	var c, r int
	if n, _ := fmt.Sscanf(pointer, "/communications/%d/rows/%d", &c, &r); n == 2 {
		return law.Say("in row %d of communication %d", "nella riga %d della comunicazione %d", r+1, c+1)
	}
	if n, _ := fmt.Sscanf(pointer, "/worked/%d", &c); n == 1 {
		return law.Say("in shift %d", "nel turno %d", c+1)
	}
	if n, _ := fmt.Sscanf(pointer, "/workers/%d", &c); n == 1 {
		return law.Say("in entry %d of the workers", "nella voce %d dei lavoratori", c+1)
	}
	return law.Text{EN: pointer, IT: pointer}
}

// Uncovered are the facts of a day worked that was not communicated in time.
type Uncovered struct {
	Day date.Date `json:"day"`
	// Row is the JSON pointer of a row that calls a worker on that day under a code that
	// is wrong or provisional; empty where there is none. It may be the same person; where
	// that is said, a provisional code covers the day and a wrong one does not.
	Row string `json:"row,omitzero"`
}

// Text implements [law.Facts].
func (f Uncovered) Text() law.Text {
	t := law.Say("The work of %s was not communicated before it began.", "La prestazione del %s non è stata comunicata prima dell'inizio.", f.Day)
	if f.Row == "" {
		return t
	}
	return law.Say("%s That day is called under a code that is wrong or provisional (%s). A provisional code covers the day once it is said to be the same person's; a wrong one does not.",
		"%s Per quel giorno risulta una chiamata con un codice errato o provvisorio (%s). Un codice provvisorio copre il giorno se è indicato come della stessa persona; uno errato no.", t, placeText(f.Row))
}

// Error is the English text.
func (f Uncovered) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f Uncovered) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Day("day", f.Day)
	if f.Row != "" {
		o.String("row", f.Row)
	}
	return o.Close()
}

// AfterMidnight are the facts of a shift that went on into a day that was not
// communicated.
type AfterMidnight struct {
	Day date.Date `json:"day"` // the second day
}

// Text implements [law.Facts].
func (f AfterMidnight) Text() law.Text {
	return law.Say("The shift runs past midnight into %s, which was not communicated. No text says that the day it began is enough.",
		"Il turno prosegue oltre la mezzanotte nella giornata del %s, che non è stata comunicata. Nessun testo dice che basti il giorno d'inizio.", f.Day)
}

// Error is the English text.
func (f AfterMidnight) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f AfterMidnight) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Day("day", f.Day)
	return o.Close()
}

// Withdrawn are the facts of a day worked whose call was cancelled afterwards.
type Withdrawn struct {
	Day date.Date `json:"day"`
}

// Text implements [law.Facts].
func (f Withdrawn) Text() law.Text {
	return law.Say("%s was worked, but its call was cancelled afterwards and not sent again: the register shows no call.",
		"La giornata del %s è stata lavorata, ma la chiamata è stata poi annullata e non più inviata: agli atti non risulta.", f.Day)
}

// Error is the English text.
func (f Withdrawn) Error() string { return f.Text().EN }

// CancelledLate are the facts of a cancellation that came too late for a day, or for
// each day of a run.
type CancelledLate struct {
	Day      date.Date `json:"day"`           // the day that was to be worked, or the first of the run
	Last     date.Date `json:"last,omitzero"` // the last day of a run
	Sent     time.Time `json:"sent"`
	Deadline time.Time `json:"deadline"` // the last moment for Day, by the reading that was not met
}

// Text implements [law.Facts].
func (f CancelledLate) Text() law.Text {
	if f.Last > f.Day {
		return law.Say("The calls from %s to %s were cancelled on %s; the time ended %s for the first of those days, and day by day for the others.",
			"Le chiamate dal %s al %s sono state annullate il %s; il termine scadeva %s per il primo di quei giorni, e di giorno in giorno per gli altri.",
			f.Day, f.Last, f.Sent, onMoment(f.Deadline))
	}
	return law.Say("The call of %s was cancelled on %s; the time ended %s.",
		"La chiamata del %s è stata annullata il %s; il termine scadeva %s.", f.Day, f.Sent, onMoment(f.Deadline))
}

// Error is the English text.
func (f CancelledLate) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f CancelledLate) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Day("day", f.Day)
	if f.Last != 0 {
		o.Day("last", f.Last)
	}
	o.Instant("sent", f.Sent)
	o.Instant("deadline", f.Deadline)
	return o.Close()
}

// onMoment says when a term ends; midnight is the end of the day before.
func onMoment(at time.Time) law.Text {
	if day := law.RomeDay(at); at.Equal(law.RomeMidnight(day)) {
		return law.Say("at 24:00 on %s", "alle ore 24:00 del %s", day-1)
	}
	return law.Say("on %s", "il %s", at)
}

// byMoment says until when something can be done; midnight is the end of the day
// before.
func byMoment(at time.Time) law.Text {
	if day := law.RomeDay(at); at.Equal(law.RomeMidnight(day)) {
		return law.Say("by 24:00 on %s", "entro le ore 24:00 del %s", day-1)
	}
	return law.Say("by %s", "entro il %s", at)
}

// NothingCancelled are the facts of a cancellation that repeats no row sent before.
type NothingCancelled struct {
	Row law.Span `json:"row"`
}

// Text implements [law.Facts].
func (f NothingCancelled) Text() law.Text {
	return law.Say("No row of this worker with these days (%s) was sent before: a cancellation repeats the row it cancels; to cancel part of it, cancel it whole and send the rest again.",
		"Nessuna riga del lavoratore con questi giorni (%s) era stata inviata: l'annullamento ripete la riga che annulla; per annullarne una parte si annulla tutta e si invia di nuovo il resto.", f.Row)
}

// Error is the English text.
func (f NothingCancelled) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f NothingCancelled) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(f.Row.AppendJSON(o.Name("row")))
	return o.Close()
}

// PresumedWorked are the facts of a communicated day, or of a run of days, neither
// worked nor cancelled in time.
type PresumedWorked struct {
	Day      date.Date `json:"day"`           // or the first day of the run
	Last     date.Date `json:"last,omitzero"` // the last day of a run
	Deadline time.Time `json:"deadline"`      // the last moment to cancel Day, by the reading that was not met
}

// Text implements [law.Facts].
func (f PresumedWorked) Text() law.Text {
	if f.Last > f.Day {
		return law.Say("The days from %s to %s were communicated, not worked and not cancelled in time (the first %s): they count as worked for pay, contributions and the cap on days.",
			"Le giornate dal %s al %s sono state comunicate, non lavorate e non annullate in tempo (la prima %s): valgono come lavorate per retribuzione, contributi e tetto di giornate.",
			f.Day, f.Last, byMoment(f.Deadline))
	}
	return law.Say("%s was communicated, not worked and not cancelled %s: it counts as worked for pay, contributions and the cap on days.",
		"La giornata del %s è stata comunicata, non lavorata e non annullata %s: vale come lavorata per retribuzione, contributi e tetto di giornate.", f.Day, byMoment(f.Deadline))
}

// Error is the English text.
func (f PresumedWorked) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f PresumedWorked) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Day("day", f.Day)
	if f.Last != 0 {
		o.Day("last", f.Last)
	}
	o.Instant("deadline", f.Deadline)
	return o.Close()
}

// PresumedAbsent are the facts of a day, or of a run of days, that would count as
// worked, while a certificate shows that the worker was absent.
type PresumedAbsent struct {
	Day  date.Date `json:"day"`           // or the first day of the run
	Last date.Date `json:"last,omitzero"` // the last day of a run
}

// Text implements [law.Facts].
func (f PresumedAbsent) Text() law.Text {
	span := law.Span{First: f.Day, Last: max(f.Day, f.Last)}
	return law.Say("Communicated and not cancelled in time (%s), it would count as worked, but a certificate shows that the worker was absent: cancel the call, or keep the certificate.",
		"Comunicata e non annullata in tempo (%s), la prestazione si presumerebbe resa, ma un certificato attesta l'assenza del lavoratore: annullare la chiamata, o conservare il certificato.", span)
}

// Error is the English text.
func (f PresumedAbsent) Error() string { return f.Text().EN }

// ShortNotice are the facts of a call with less notice than was due.
type ShortNotice struct {
	Due    Notice     `json:"due"`
	Called time.Time  `json:"called"`
	Start  time.Time  `json:"start,omitzero"`
	Duty   law.Answer `json:"duty,omitzero"` // whether the worker is bound to answer
}

// Text implements [law.Facts].
func (f ShortNotice) Text() law.Text {
	t := law.Say("Called on %s: the notice due was %s.", "Chiamata del %s: il preavviso dovuto era di %s.", f.Called, f.Due.text())
	switch f.Duty {
	case law.Yes:
		return t
	case law.No:
		return law.Say("%s Notice protects the worker who is bound to answer; this one is free to refuse.",
			"%s Il preavviso tutela chi è obbligato a rispondere; questo lavoratore è libero di rifiutare.", t)
	default:
		return law.Say("%s It matters if the worker is bound to answer, which is not known.",
			"%s Rileva se il lavoratore è obbligato a rispondere, il che non è noto.", t)
	}
}

// Error is the English text.
func (f ShortNotice) Error() string { return f.Text().EN }

// Revocation are the facts of a call revoked without reasonable notice.
type Revocation struct {
	Revoked      time.Time `json:"revoked"`
	Compensation law.Euro  `json:"compensation,omitzero"` // zero when the pay is not known
	Percent      int64     `json:"percent"`               // of the agreed pay
}

// Text implements [law.Facts].
func (f Revocation) Text() law.Text {
	owed := law.Say("at least %d %% of the pay agreed", "almeno il %d %% della retribuzione pattuita", f.Percent)
	if !f.Compensation.IsZero() {
		owed = law.Say("%s, %s euro", "%s, %s euro", owed, law.Cents(f.Compensation.Decimal))
	}
	return law.Say("Revoked on %s without reasonable notice: where the collective agreement sets nothing, the worker is owed %s. Without a duty to answer this is contested.",
		"Revocata il %s senza ragionevole preavviso: se il contratto collettivo non dispone, spetta %s. Senza obbligo di risposta la questione è controversa.", f.Revoked, owed)
}

// Error is the English text.
func (f Revocation) Error() string { return f.Text().EN }

// between reads "from … to …" where law.Say alone would not say from.
func between(s law.Span) law.Text {
	return law.Say("from %s to %s", "dal %s al %s", s.First, s.Last)
}
