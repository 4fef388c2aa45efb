package calls

import (
	"encoding/json"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// No fact holds a worker's code: the path of the finding says whose row it is.

// Late are the facts of a communication that did not precede the work.
type Late struct {
	Day   date.Date `json:"day"`
	Sent  time.Time `json:"sent"`
	Start time.Time `json:"start,omitzero"`
}

// Text says when it was sent and when work began.
func (f Late) Text() law.Text {
	if f.Start.IsZero() {
		return law.Say("Sent on %s, after the work of %s.", "Inviata il %s, dopo la prestazione del %s.", f.Sent, f.Day)
	}
	return law.Say("Sent on %s, not before the work that began on %s.",
		"Inviata il %s, non prima dell'inizio della prestazione, il %s.", f.Sent, f.Start)
}

func (f Late) Error() string { return f.Text().EN }

// TooManyDays are the facts of a cycle with more days of work than allowed.
type TooManyDays struct {
	Days int `json:"days"`
	Max  int `json:"max"`
}

// Text counts the days.
func (f TooManyDays) Text() law.Text {
	return law.Say("%d days of work of one worker in one communication: at most %d. Send the rest in another.",
		"%d giornate di un lavoratore in una comunicazione: al massimo %d. Le altre vanno in una seconda comunicazione.", f.Days, f.Max)
}

func (f TooManyDays) Error() string { return f.Text().EN }

// WideCycle are the facts of a cycle within the days of work allowed that is
// spread over more calendar days.
type WideCycle struct {
	Span law.Span `json:"span"`
	Days int      `json:"days"`
	Max  int      `json:"max"`
}

// Text says how wide the cycle is.
func (f WideCycle) Text() law.Text {
	return law.Say("The days of one worker go %s: %d calendar days. The Ministry counts days of work; to the letter of the law a cycle has at most %d days.",
		"Le giornate di un lavoratore vanno %s: %d giorni di calendario. Il Ministero conta le giornate di lavoro; alla lettera della legge il ciclo non supera %d giorni.",
		between(f.Span), f.Days, f.Max)
}

func (f WideCycle) Error() string { return f.Text().EN }

// LongRow are the facts of a row of more calendar days than the portal takes.
type LongRow struct {
	Span law.Span `json:"span"`
	Days int      `json:"days"`
	Max  int      `json:"max"`
}

// Text counts the days of the row.
func (f LongRow) Text() law.Text {
	return law.Say("The row goes %s: %d days, at most %d are allowed.",
		"La riga va %s: %d giorni, ne sono ammessi al massimo %d.", between(f.Span), f.Days, f.Max)
}

func (f LongRow) Error() string { return f.Text().EN }

// OutOfOrder are the facts of a row that does not come after the worker's row
// before it.
type OutOfOrder struct {
	Row    law.Span `json:"row"`
	Before law.Span `json:"before"` // the days of the row before it
}

// Text names both rows by their days.
func (f OutOfOrder) Text() law.Text {
	if !f.Row.Intersect(f.Before).IsZero() {
		return law.Say("The row (%s) repeats days of the row before it (%s).",
			"La riga (%s) ripete giorni della riga precedente (%s).", f.Row, f.Before)
	}
	return law.Say("The row (%s) comes after a later one (%s) of the same worker.",
		"La riga (%s) segue una riga successiva nel tempo (%s) dello stesso lavoratore.", f.Row, f.Before)
}

func (f OutOfOrder) Error() string { return f.Text().EN }

// SameEnd are the facts of a single day written with its end.
type SameEnd struct {
	Day date.Date `json:"day"`
}

// Text says to leave the end out.
func (f SameEnd) Text() law.Text {
	return law.Say("A single day (%s) is written with its first day alone: the official form refuses an end equal to the start.",
		"La giornata singola (%s) si indica con la sola data di inizio: il modello ufficiale rifiuta una fine uguale all'inizio.", f.Day)
}

func (f SameEnd) Error() string { return f.Text().EN }

// TooManyRows are the facts of a model with more rows than it has.
type TooManyRows struct {
	Rows int `json:"rows"`
	Max  int `json:"max"`
}

// Text counts the rows.
func (f TooManyRows) Text() law.Text {
	return law.Say("%d rows: a model has %d. Send the rest in another message.",
		"%d righe: il modello ne ha %d. Le altre vanno in un secondo messaggio.", f.Rows, f.Max)
}

func (f TooManyRows) Error() string { return f.Text().EN }

// MixedKinds are the facts of a row of the other kind than its model.
type MixedKinds struct {
	Model Kind `json:"model"`
}

// Text says what the model is.
func (f MixedKinds) Text() law.Text {
	if f.Model == KindCancel {
		return law.Say("A call in a model of cancellations: the flag of the model holds for every row.",
			"Una chiamata in un modello di annullamento: la casella del modello vale per ogni riga.")
	}
	return law.Say("A cancellation in a model of calls: the flag of the model holds for every row.",
		"Un annullamento in un modello di chiamata: la casella del modello vale per ogni riga.")
}

func (f MixedKinds) Error() string { return f.Text().EN }

// TooManyModels are the facts of an e-mail with several models.
type TooManyModels struct {
	Models int `json:"models"`
	Max    int `json:"max"`
}

// Text counts the models.
func (f TooManyModels) Text() law.Text {
	return law.Say("%d models in one e-mail are not acquired: send %d an e-mail. What was sent in good order but not acquired is not to be fined.",
		"%d modelli in una sola e-mail non sono acquisiti: va inviato %d modello per e-mail. Un invio regolare ma non acquisito non va sanzionato.", f.Models, f.Max)
}

func (f TooManyModels) Error() string { return f.Text().EN }

// OtherAddress are the facts of an e-mail to another address.
type OtherAddress struct {
	InUse string `json:"in_use"` // the address in use on the day
}

// Text gives the address in use.
func (f OtherAddress) Text() law.Text {
	return law.Say("Sent to another address: the one in use was %s.", "Inviata a un altro indirizzo: quello in uso era %s.", f.InUse)
}

func (f OtherAddress) Error() string { return f.Text().EN }

// TooFarForSMS are the facts of a text message sent too early.
type TooFarForSMS struct {
	Sent  time.Time `json:"sent"`
	Day   date.Date `json:"day"` // the day of work out of reach
	Hours int       `json:"hours"`
}

// Text says how far a text message reaches.
func (f TooFarForSMS) Text() law.Text {
	return law.Say("A text message covers work within %d hours of sending: sent on %s, it does not reach all the work of %s. Use the portal, the app or e-mail.",
		"L'SMS vale per prestazioni da rendere entro %d ore dall'invio: inviato il %s, non copre tutta la prestazione del %s. Usare il portale, l'app o l'e-mail.",
		f.Hours, f.Sent, f.Day)
}

func (f TooFarForSMS) Error() string { return f.Text().EN }

// PhoneNotRegistered are the facts of a text message from a number that is not
// registered.
type PhoneNotRegistered struct{}

// Text says that the message does not count.
func (f PhoneNotRegistered) Text() law.Text {
	return law.Say("The number is not registered on the portal: its messages are not considered.",
		"Il numero non è registrato sul portale: i suoi messaggi non sono considerati.")
}

func (f PhoneNotRegistered) Error() string { return f.Text().EN }

// SMSForClient are the facts of a consultant's text message for a client.
type SMSForClient struct{}

// Text says what a consultant may send.
func (f SMSForClient) Text() law.Text {
	return law.Say("A consultant may send text messages for its own company only, not for clients.",
		"Il consulente può usare l'SMS solo per la propria azienda, non per i clienti.")
}

func (f SMSForClient) Error() string { return f.Text().EN }

// FaxUnproved are the facts of a fax without proof that the system did not work.
type FaxUnproved struct{}

// Text says when fax is allowed.
func (f FaxUnproved) Text() law.Text {
	return law.Say("Fax is allowed only when the system does not work, and that must be proved.",
		"Il fax è ammesso solo in caso di malfunzionamento del sistema, da provare.")
}

func (f FaxUnproved) Error() string { return f.Text().EN }

// FaxFading is the advice that goes with a lawful fax.
type FaxFading struct{}

// Text says what to keep.
func (f FaxFading) Text() law.Text {
	return law.Say("Fax has all but disappeared from the offices: keep the notice of the malfunction and the receipt of the fax.",
		"Il fax è quasi scomparso dagli uffici: conservare l'avviso di malfunzionamento e la ricevuta del fax.")
}

func (f FaxFading) Error() string { return f.Text().EN }

// OnlyAgibilita are the facts of a day for which the certificate of agibilità took
// the place of a communication.
type OnlyAgibilita struct {
	Day date.Date `json:"day"`
}

// Text says that the certificate is not enough.
func (f OnlyAgibilita) Text() law.Text {
	if value(agibilita, f.Day) == worthUnsure {
		return law.Say("For %s the certificate of agibilità was widely held to be enough; it is not, but inspectors are to bear the confusion in mind.",
			"Per il %s il certificato di agibilità era comunemente ritenuto sufficiente; non lo è, ma gli ispettori tengono conto dell'incertezza.", f.Day)
	}
	return law.Say("For %s the certificate of agibilità does not replace the communication.",
		"Per il %s il certificato di agibilità non sostituisce la comunicazione.", f.Day)
}

func (f OnlyAgibilita) Error() string { return f.Text().EN }

// BadCode are the facts of a codice fiscale that is none. It never holds the code.
type BadCode struct {
	Kind string `json:"kind"` // the kind of package cf
}

// Text says that the code is wrong.
func (f BadCode) Text() law.Text {
	return law.Say("The codice fiscale is not valid (%s).", "Il codice fiscale non è valido (%s).", f.Kind)
}

func (f BadCode) Error() string { return f.Text().EN }

// EntityCode are the facts of a worker known by the code of an entity.
type EntityCode struct{}

// Text says what a worker's code is.
func (f EntityCode) Text() law.Text {
	return law.Say("The worker's code is that of an entity: a person has sixteen characters, or the eleven digits of a provisional number.",
		"Il codice del lavoratore è di un ente: una persona ha sedici caratteri, o le undici cifre del numero provvisorio.")
}

func (f EntityCode) Error() string { return f.Text().EN }

// CodeNotTyped are the facts of a valid code that the official form does not take.
type CodeNotTyped struct{}

// Text says how to send it.
func (f CodeNotTyped) Text() law.Text {
	return law.Say("The code is valid (omocodia), but the official form does not take it: use the portal or the app.",
		"Il codice è valido (omocodia), ma il modello ufficiale non lo accetta: usare il portale o l'app.")
}

func (f CodeNotTyped) Error() string { return f.Text().EN }

// BadHireCode are the facts of a malformed code of the hire's communication.
type BadHireCode struct{}

// Text says what the code looks like.
func (f BadHireCode) Text() law.Text {
	return law.Say("The code of the hire's communication has 16 digits, or 7 digits, a letter and 8 digits. It is optional: leave it out rather than invent one.",
		"Il codice della comunicazione di assunzione ha 16 cifre, oppure 7 cifre, una lettera e 8 cifre. È facoltativo: meglio ometterlo che inventarlo.")
}

func (f BadHireCode) Error() string { return f.Text().EN }

// Uncovered are the facts of a day worked that was not communicated in time.
type Uncovered struct {
	Day date.Date `json:"day"`
}

// Text names the day.
func (f Uncovered) Text() law.Text {
	return law.Say("The work of %s was not communicated before it began.", "La prestazione del %s non è stata comunicata prima dell'inizio.", f.Day)
}

func (f Uncovered) Error() string { return f.Text().EN }

// AfterMidnight are the facts of a shift that went on into a day that was not
// communicated.
type AfterMidnight struct {
	Day date.Date `json:"day"` // the second day
}

// Text names the second day.
func (f AfterMidnight) Text() law.Text {
	return law.Say("The shift went on past midnight into %s, which was not communicated. No text says that the day it began is enough.",
		"Il turno è proseguito oltre la mezzanotte, nel giorno %s, non comunicato. Nessun testo dice che basti il giorno d'inizio.", f.Day)
}

func (f AfterMidnight) Error() string { return f.Text().EN }

// Withdrawn are the facts of a day worked whose call was cancelled afterwards.
type Withdrawn struct {
	Day date.Date `json:"day"`
}

// Text names the day.
func (f Withdrawn) Text() law.Text {
	return law.Say("%s was worked, but its call was cancelled afterwards and not sent again: the register shows no call.",
		"Il giorno %s è stato lavorato, ma la chiamata è stata poi annullata e non più inviata: agli atti non risulta.", f.Day)
}

func (f Withdrawn) Error() string { return f.Text().EN }

// CancelledLate are the facts of a cancellation that came too late.
type CancelledLate struct {
	Day      date.Date `json:"day"` // the day that was to be worked
	Sent     time.Time `json:"sent"`
	Deadline time.Time `json:"deadline"` // the last moment, by the reading that was not met
}

// Text says what it was too late for.
func (f CancelledLate) Text() law.Text {
	return law.Say("The call of %s was cancelled on %s; the time ended on %s.",
		"La chiamata del %s è stata annullata il %s; il termine scadeva il %s.", f.Day, f.Sent, f.Deadline)
}

func (f CancelledLate) Error() string { return f.Text().EN }

// NothingCancelled are the facts of a cancellation that repeats no row sent before.
type NothingCancelled struct {
	Row law.Span `json:"row"`
}

// Text says what a cancellation must repeat.
func (f NothingCancelled) Text() law.Text {
	return law.Say("No row of this worker with these days (%s) was sent before: a cancellation repeats the row it cancels; to cancel part of it, cancel it whole and send the rest again.",
		"Nessuna riga del lavoratore con questi giorni (%s) era stata inviata: l'annullamento ripete la riga che annulla; per annullarne una parte si annulla tutta e si invia di nuovo il resto.", f.Row)
}

func (f NothingCancelled) Error() string { return f.Text().EN }

// PresumedWorked are the facts of a communicated day that was neither worked nor
// cancelled in time.
type PresumedWorked struct {
	Day      date.Date `json:"day"`
	Deadline time.Time `json:"deadline"` // the last moment to cancel, by the reading that was not met
}

// Text says what follows.
func (f PresumedWorked) Text() law.Text {
	return law.Say("%s was communicated, not worked and not cancelled by %s: it counts as worked for pay, contributions and the cap on days.",
		"Il giorno %s è stato comunicato, non lavorato e non annullato entro il %s: vale come lavorato per retribuzione, contributi e tetto di giornate.", f.Day, f.Deadline)
}

func (f PresumedWorked) Error() string { return f.Text().EN }

// ShortNotice are the facts of a call with less notice than was due.
type ShortNotice struct {
	Due    Notice    `json:"due"`
	Called time.Time `json:"called"`
	Start  time.Time `json:"start,omitzero"`
}

// Text says how long the notice should have been.
func (f ShortNotice) Text() law.Text {
	return law.Say("Called on %s: the notice due was %s.", "Chiamata del %s: il preavviso dovuto era di %s.", f.Called, f.Due.text())
}

func (f ShortNotice) Error() string { return f.Text().EN }

// Revocation are the facts of a call revoked without reasonable notice.
type Revocation struct {
	Revoked      time.Time
	Compensation decimal.Decimal // zero when the pay is not known
	Percent      int64           // of the agreed pay
}

// Text says what is owed.
func (f Revocation) Text() law.Text {
	owed := law.Say("at least %d %% of the pay agreed", "almeno il %d %% della retribuzione pattuita", f.Percent)
	if !f.Compensation.IsZero() {
		owed = law.Say("%s, %s euro", "%s, %s euro", owed, f.Compensation)
	}
	return law.Say("Revoked on %s without reasonable notice: where the collective agreement sets nothing, the worker is owed %s. Without a duty to answer this is contested.",
		"Revocata il %s senza ragionevole preavviso: se il contratto collettivo non dispone, spetta %s. Senza obbligo di risposta la questione è controversa.", f.Revoked, owed)
}

func (f Revocation) Error() string { return f.Text().EN }

// MarshalJSON writes the compensation with two decimals.
func (f Revocation) MarshalJSON() ([]byte, error) {
	wire := struct {
		Revoked      time.Time `json:"revoked"`
		Compensation string    `json:"compensation,omitzero"`
		Percent      int64     `json:"percent"`
	}{Revoked: f.Revoked, Percent: f.Percent}
	if !f.Compensation.IsZero() {
		wire.Compensation = law.FormatAmount(f.Compensation)
	}
	return json.Marshal(wire)
}

// NoHireFound is the advice that no open on-call job is known.
type NoHireFound struct{}

// Text says what to check.
func (f NoHireFound) Text() law.Text {
	return law.Say("No open on-call job of this worker with this employer is known: the portal lets the call go on, but the hire must have been communicated.",
		"Non risulta un rapporto intermittente aperto tra lavoratore e datore: il portale lascia proseguire, ma l'assunzione deve essere stata comunicata.")
}

func (f NoHireFound) Error() string { return f.Text().EN }

// between reads "from … to …" where law.Say alone would not say from.
func between(s law.Span) law.Text {
	return law.Say("from %s to %s", "dal %s al %s", s.First, s.Last)
}
