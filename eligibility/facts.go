package eligibility

import (
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// What follows from a contract that an imperative rule forbids: artt. 1418 and
// 2126 of the civil code.
var void = law.Text{
	EN: "Such a contract is void; the work done is to be paid (art. 2126 c.c.).",
	IT: "Il contratto è nullo; il lavoro prestato va retribuito (art. 2126 c.c.).",
}

// aside tells what is contested about a day: the birthday itself, or the 28 February
// before one on 1 March. It is empty for later days.
func aside(on, birthday date.Date) law.Text {
	switch {
	case on == birthday:
		return law.Text{
			EN: " On the birthday itself art. 2963 of the civil code would still admit it, labour practice does not.",
			IT: " Nel giorno del compleanno l'art. 2963 c.c. ancora lo ammetterebbe, la prassi no.",
		}
	case on < birthday:
		return law.Text{
			EN: " For births on 29 February art. 2963 of the civil code puts the birthday on 28 February, usage on 1 March.",
			IT: " Per i nati il 29 febbraio l'art. 2963 c.c. pone il compleanno al 28 febbraio, l'uso al 1° marzo.",
		}
	default:
		return law.Text{}
	}
}

// NoGround says that none of the grounds held at signing.
type NoGround struct {
	Signed date.Date `json:"signed"`
}

// Text says so, with the two readings of what follows.
func (f NoGround) Text() law.Text {
	return law.Say("No ground held at signing. From %s the inspectorate treats the work as ordinary employment; the Court of Cassation holds the contract void, without conversion by law.",
		"Nessun requisito sussisteva alla stipula. Dal %s per l'ispettorato il lavoro è ordinario rapporto subordinato; per la Cassazione il contratto è nullo e non si converte di diritto.", f.Signed)
}

// Error is the English text.
func (f NoGround) Error() string { return f.Text().EN }

// OutsideContract says that the day asked is not one of the contract's.
type OutsideContract struct {
	On   date.Date `json:"on"`
	Days law.Span  `json:"days"`
}

// Text says so.
func (f OutsideContract) Text() law.Text {
	return law.Say("%s is not a day of the contract (%s): no ground allows a call without one.",
		"Giorno %s: il contratto non lo comprende (%s); senza contratto nessun requisito consente una chiamata.", f.On, f.Days)
}

// Error is the English text.
func (f OutsideContract) Error() string { return f.Text().EN }

// TooOld says that at signing the worker was no longer under the age.
type TooOld struct {
	Age      int       `json:"age"`
	Signed   date.Date `json:"signed"`
	Last     date.Date `json:"last"`     // last day to sign by every reading
	Birthday date.Date `json:"birthday"` // by the latest reading
}

// Text says so, and until when it would have done.
func (f TooOld) Text() law.Text {
	return law.Say("The young ground needs a worker under %d at signing: the last day was %s, the contract is of %s.%s",
		"Il requisito anagrafico vuole meno di %d anni alla stipula: l'ultimo giorno era il %s, il contratto è del %s.%s",
		f.Age, f.Last, f.Signed, aside(f.Signed, f.Birthday))
}

// Error is the English text.
func (f TooOld) Error() string { return f.Text().EN }

// WorkEnds says that on the young ground alone the work ends before the birthday.
type WorkEnds struct {
	Age      int       `json:"age"`
	Last     date.Date `json:"last"`         // last lawful day by every reading
	Birthday date.Date `json:"birthday"`     // by the latest reading
	Day      date.Date `json:"day,omitzero"` // the day too late; zero where some are not
}

// Text says so, and what to do.
func (f WorkEnds) Text() law.Text {
	if f.Day == 0 {
		return law.Say("On the young ground alone the last lawful day is %s, the day before the worker turns %d. The contract does not end by itself: it may lawfully be ended then.",
			"Con il solo requisito anagrafico l'ultimo giorno lecito è il %s, vigilia del compimento dei %d anni. Il contratto non cessa da sé: può essere lecitamente risolto allora.", f.Last, f.Age)
	}
	return law.Say("On the young ground alone the last lawful day is %s, the day before the worker turns %d: %s is later. From then on the work is ordinary employment for the inspectorate, without a valid contract for the Court of Cassation.%s",
		"Con il solo requisito anagrafico l'ultimo giorno lecito è il %s, vigilia del compimento dei %d anni: il giorno %s è successivo. Da allora il lavoro è ordinario rapporto subordinato per l'ispettorato, senza valido contratto per la Cassazione.%s",
		f.Last, f.Age, f.Day, aside(f.Day, f.Birthday))
}

// Error is the English text.
func (f WorkEnds) Error() string { return f.Text().EN }

// NotSenior says that at signing the worker was not over the age, or not by every reading.
type NotSenior struct {
	Age    int       `json:"age"`
	Signed date.Date `json:"signed"`
	From   date.Date `json:"from"`  // reached, by the administrative reading
	Clear  date.Date `json:"clear"` // by every reading
}

// Text says so, and from when it would do.
func (f NotSenior) Text() law.Text {
	if f.Signed >= f.From {
		return law.Say("Signed on %s: practice holds the %d years completed from %s; by the letter (more than %[2]d) and art. 2963 of the civil code they are from %[4]s.",
			"Stipula del %s: per la prassi i %d anni sono compiuti dal %s; per la lettera (più di %[2]d) e l'art. 2963 c.c. dal %[4]s.", f.Signed, f.Age, f.From, f.Clear)
	}
	return law.Say("The senior ground needs %d years completed at signing: they are from %s, the contract is of %s.",
		"Il requisito anagrafico vuole %d anni compiuti alla stipula: lo sono dal %s, il contratto è del %s.", f.Age, f.From, f.Signed)
}

// Error is the English text.
func (f NotSenior) Error() string { return f.Text().EN }

// UnderAge says that the worker was too young to work at all.
type UnderAge struct {
	Age  int       `json:"age"`
	From date.Date `json:"from"` // the day the age is reached
}

// Text says so; authorised work in entertainment is for the caller to know.
func (f UnderAge) Text() law.Text {
	return law.Say("Nobody under %d may be employed: the age is reached on %s. Work in culture, sport, advertising or entertainment may have been authorised: that is not judged here. %s",
		"Sotto i %d anni non si può essere assunti: l'età si raggiunge il %s. Il lavoro nella cultura, nello sport, nella pubblicità o nello spettacolo può essere stato autorizzato: qui non si giudica. %s",
		f.Age, f.From, void)
}

// Error is the English text.
func (f UnderAge) Error() string { return f.Text().EN }

// SchoolingOpen says that a minor had not done the compulsory schooling.
type SchoolingOpen struct{}

// Text says so.
func (f SchoolingOpen) Text() law.Text {
	return law.Say("A minor may be employed only after ten years of compulsory schooling. %s",
		"Un minore può essere assunto solo dopo dieci anni di istruzione obbligatoria. %s", void)
}

// Error is the English text.
func (f SchoolingOpen) Error() string { return f.Text().EN }

// Minor says that the worker was a minor who may work.
type Minor struct {
	Until date.Date `json:"until"` // the first day of full age
}

// Text says which limits hold.
func (f Minor) Text() law.Text {
	return law.Say("Until %s the worker is a minor: the limits of child labour hold (for adolescents 8 hours a day and 40 a week).",
		"Fino al %s il lavoratore è minorenne: valgono i limiti del lavoro minorile (per gli adolescenti 8 ore al giorno e 40 a settimana).", f.Until-1)
}

// Error is the English text.
func (f Minor) Error() string { return f.Text().EN }

// NoNeed says that the collective agreement names nothing to rest on.
type NoNeed struct{}

// Text says so.
func (f NoNeed) Text() law.Text {
	return law.Say("The collective agreement names neither the need nor a predetermined period.",
		"Il contratto collettivo non individua né l'esigenza né un periodo predeterminato.")
}

// Error is the English text.
func (f NoNeed) Error() string { return f.Text().EN }

// WholeYear says that the agreement's period is no part of the year.
type WholeYear struct {
	Period law.Span `json:"period"`
}

// Text says so, and what follows.
func (f WholeYear) Text() law.Text {
	return law.Say("A period as long as the year (%s) is not predetermined: a contract resting on it is ordinary open-ended employment.",
		"Un periodo lungo quanto l'anno (%s) non è predeterminato: il contratto che vi si fonda è ordinario rapporto a tempo indeterminato.", f.Period)
}

// Error is the English text.
func (f WholeYear) Error() string { return f.Text().EN }

// OutsidePeriod says that the contract rests on the agreement's period, and the day is not
// in it.
type OutsidePeriod struct {
	Period law.Span  `json:"period"`
	Day    date.Date `json:"day,omitzero"` // the day asked; zero where no day of the work is in it
}

// Text says so.
func (f OutsidePeriod) Text() law.Text {
	if f.Day == 0 {
		return law.Say("The contract rests on the agreement's period (%s), and no day of the work is in it.",
			"Il contratto si fonda sul periodo del contratto collettivo (%s), e nessun giorno di lavoro vi cade.", f.Period)
	}
	return law.Say("The contract rests on the agreement's period (%s): %s is not in it.",
		"Il contratto si fonda sul periodo del contratto collettivo (%s): il giorno %s non vi cade.", f.Period, f.Day)
}

// Error is the English text.
func (f OutsidePeriod) Error() string { return f.Text().EN }

// Banned says that the agreement bans on-call work, and practice then held bans binding.
type Banned struct {
	Until date.Date `json:"until"` // the first ruling against bans
}

// Text tells both readings.
func (f Banned) Text() law.Text {
	return law.Say("The collective agreement bans on-call work. For the Court of Cassation (%s) and the inspectorate the ban has no effect; the Ministry had held it binding, at least where the contract does not rest on age.",
		"Il contratto collettivo vieta il lavoro intermittente. Per la Cassazione (%s) e l'ispettorato il divieto non ha effetto; il Ministero lo aveva ritenuto vincolante, almeno se il contratto non si fonda sull'età.", f.Until)
}

// Error is the English text.
func (f Banned) Error() string { return f.Text().EN }

// NotInTable says that the activity, or the role, is out of the table.
type NotInTable struct {
	Item int  `json:"item"` // 0 for none
	Role Role `json:"role,omitzero"`
}

// Text says so.
func (f NotInTable) Text() law.Text {
	if f.Item == 0 {
		return law.Say("The activity is none of the table annexed to r.d. 2657/1923.",
			"L'attività non è nella tabella allegata al r.d. 2657/1923.")
	}
	return law.Say("Item %d of the table does not take in this role: %s.",
		"La voce %d della tabella non comprende questo ruolo: %s.", f.Item, f.Role.text())
}

// Error is the English text.
func (f NotInTable) Error() string { return f.Text().EN }

// TableRepealed says that the decree with the table was repealed before the signing.
type TableRepealed struct {
	From date.Date `json:"from"`
}

// Text says why the table still holds.
func (f TableRepealed) Text() law.Text {
	return law.Say("The decree with the table is repealed from %s. By the inspectorate and the Ministry the table is recalled for its contents only and still applies.",
		"Il decreto con la tabella è abrogato dal %s. Per l'ispettorato e il Ministero il rinvio alla tabella è solo materiale e resta valido.", f.From)
}

// Error is the English text.
func (f TableRepealed) Error() string { return f.Text().EN }

// NoInterruption says that every day of the contract was worked.
type NoInterruption struct {
	Days law.Span `json:"days"`
}

// Text says why that matters.
func (f NoInterruption) Text() law.Text {
	return law.Say("Every day of the contract was worked (%s): without an interruption the work is not intermittent.",
		"Ogni giorno del contratto è stato lavorato (%s): senza un'interruzione il lavoro non è intermittente.", f.Days)
}

// Error is the English text.
func (f NoInterruption) Error() string { return f.Text().EN }

// PublicEmployer says that the employer is a public administration.
type PublicEmployer struct{}

// Text says so, and what follows.
func (f PublicEmployer) Text() law.Text {
	return law.Say("On-call work is not open to public administrations. %s",
		"Il lavoro intermittente non è aperto alle pubbliche amministrazioni. %s", void)
}

// Error is the English text.
func (f PublicEmployer) Error() string { return f.Text().EN }

// ReplacesStrikers says that the worker stands in for workers on strike.
type ReplacesStrikers struct{}

// Text says so, and what follows.
func (f ReplacesStrikers) Text() law.Text {
	return law.Say("On-call work may not replace workers on strike. %s",
		"Il lavoro intermittente non può sostituire lavoratori in sciopero. %s", void)
}

// Error is the English text.
func (f ReplacesStrikers) Error() string { return f.Text().EN }

// RecentDismissal says that a collective dismissal hit the same duties in the same unit.
type RecentDismissal struct {
	Dismissed date.Date `json:"dismissed"`
	Until     date.Date `json:"until"` // the last day of the ban
	Day       date.Date `json:"day"`   // of the signing, or of the call
	Call      bool      `json:"call"`  // it is of a call after the signing
}

// Text says so, and what follows.
func (f RecentDismissal) Text() law.Text {
	if f.Call {
		return law.Say("After the signing a collective dismissal hit the same duties in the same unit (%s): the ban is tested at signing, but until %s a call may be contested.",
			"Dopo la stipula un licenziamento collettivo ha colpito le stesse mansioni nella stessa unità (%s): il divieto si valuta alla stipula, ma fino al %s una chiamata può essere contestata.", f.Dismissed, f.Until)
	}
	return law.Say("A collective dismissal hit the same duties in the same unit (%s): no contract until %s included, this one is of %s. %s",
		"Un licenziamento collettivo ha colpito le stesse mansioni nella stessa unità (%s): nessun contratto fino al %s compreso, questo è del %s. %s", f.Dismissed, f.Until, f.Day, void)
}

// Error is the English text.
func (f RecentDismissal) Error() string { return f.Text().EN }

// UnderSuspension says that work was suspended or reduced for the same duties in the unit.
type UnderSuspension struct {
	Span law.Span  `json:"span"`
	Day  date.Date `json:"day,omitzero"` // of the signing or the call; zero where every lawful day is hit
	Call bool      `json:"call"`         // it is of a call after the signing
}

// Text says so, and what follows.
func (f UnderSuspension) Text() law.Text {
	switch {
	case f.Day == 0:
		return law.Say("Every day of the work falls in a suspension or reduction of hours of the same duties in the same unit (%s).",
			"Ogni giorno di lavoro cade in una sospensione o riduzione d'orario delle stesse mansioni nella stessa unità (%s).", f.Span)
	case f.Call:
		return law.Say("A suspension or reduction of hours of the same duties was running in the same unit (%s): no call on %s.",
			"Nella stessa unità era in corso una sospensione o riduzione d'orario delle stesse mansioni (%s): nessuna chiamata il %s.", f.Span, f.Day)
	default:
		return law.Say("A suspension or reduction of hours of the same duties was running in the same unit (%s): no contract on %s. %s",
			"Nella stessa unità era in corso una sospensione o riduzione d'orario delle stesse mansioni (%s): nessun contratto il %s. %s", f.Span, f.Day, void)
	}
}

// Error is the English text.
func (f UnderSuspension) Error() string { return f.Text().EN }

// NoRiskAssessment says that the employer has not done the risk assessment.
type NoRiskAssessment struct {
	Signed date.Date `json:"signed"`
}

// Text says so, with the two readings of what follows.
func (f NoRiskAssessment) Text() law.Text {
	return law.Say("The employer has not done the risk assessment. For the inspectorate the contract is open-ended employment from %s, part-time where the work was; for the Court of Cassation it does not convert, and pay and contributions are due for the days worked.",
		"Il datore non ha effettuato la valutazione dei rischi. Per l'ispettorato il contratto è a tempo indeterminato dal %s, anche a tempo parziale; per la Cassazione non si converte, e sono dovute retribuzione e contribuzione per i giorni lavorati.", f.Signed)
}

// Error is the English text.
func (f NoRiskAssessment) Error() string { return f.Text().EN }

// NoOnCallSection says that the risk assessment has no section on on-call staff.
type NoOnCallSection struct{}

// Text says when that is enough.
func (f NoOnCallSection) Text() law.Text {
	return law.Say("The risk assessment has no section on on-call staff: it is complete all the same where the risks of the duties are assessed and do not depend on the kind of contract.",
		"Il documento di valutazione non ha una sezione sugli intermittenti: è completo lo stesso se i rischi delle mansioni sono valutati e non dipendono dal tipo di contratto.")
}

// Error is the English text.
func (f NoOnCallSection) Error() string { return f.Text().EN }

// NotWritten says that the contract is not in writing.
type NotWritten struct{}

// Text says what follows.
func (f NotWritten) Text() law.Text {
	return law.Say("Writing is for proof: the contract is valid, but a judge may take it for an ordinary one.",
		"La forma scritta è per la prova: il contratto è valido, ma il giudice può ritenerlo ordinario.")
}

// Error is the English text.
func (f NotWritten) Error() string { return f.Text().EN }

// MissingElements says that the contract does not state all it must.
type MissingElements struct {
	Elements []Element `json:"elements"`
}

// Text lists what is missing.
func (f MissingElements) Text() law.Text {
	var names law.Text
	for i, e := range f.Elements {
		if i > 0 {
			names.EN += ", "
			names.IT += ", "
		}
		names.EN += e.text().EN
		names.IT += e.text().IT
	}
	return law.Say("The contract does not state: %s. It is valid, and to be completed.",
		"Il contratto non indica: %s. È valido, e va integrato.", names)
}

// Error is the English text.
func (f MissingElements) Error() string { return f.Text().EN }

// ShortNotice says that the notice of a call is below the minimum of the law.
type ShortNotice struct {
	Notice
	Minimum int `json:"minimum"` // working days
}

// Text says so.
func (f ShortNotice) Text() law.Text {
	if f.Hours > 0 {
		return law.Say("The notice of a call is %d hours, less than the %d working day of the law then in force.",
			"Il preavviso di chiamata è di %d ore, meno di %d giorno lavorativo, minimo di legge allora vigente.", f.Hours, f.Minimum)
	}
	return law.Say("No notice of a call is stated; the law then in force asked for %d working day.",
		"Non è indicato il preavviso di chiamata; la legge allora vigente voleva %d giorno lavorativo.", f.Minimum)
}

// Error is the English text.
func (f ShortNotice) Error() string { return f.Text().EN }

// NoNotice says that the contract states no notice of a call.
type NoNotice struct{}

// Text says what is asked.
func (f NoNotice) Text() law.Text {
	return law.Say("The contract states no notice of a call: the law sets no minimum, but asks for one.",
		"Il contratto non indica il preavviso di chiamata: la legge non fissa un minimo, ma lo richiede.")
}

// Error is the English text.
func (f NoNotice) Error() string { return f.Text().EN }

// InformationDue says that the yearly information to the representatives is due.
type InformationDue struct {
	Given date.Date `json:"given,omitzero"` // last time; zero when never
	Due   date.Date `json:"due"`
}

// Text says since when, or by when.
func (f InformationDue) Text() law.Text {
	if f.Given == 0 {
		return law.Say("The workers' representatives, where there are any, are to be informed every year of the on-call work: by %s.",
			"Le rappresentanze sindacali, se ci sono, vanno informate ogni anno sul lavoro intermittente: entro il %s.", f.Due)
	}
	return law.Say("The workers' representatives were last informed on %s: they were to be informed again by %s.",
		"Le rappresentanze sindacali sono state informate l'ultima volta il %s: andavano informate di nuovo entro il %s.", f.Given, f.Due)
}

// Error is the English text.
func (f InformationDue) Error() string { return f.Text().EN }

// LateHireNotice says that the hire was not notified before the first day of work.
type LateHireNotice struct {
	Sent  time.Time `json:"sent"`
	First date.Date `json:"first"` // the first day of work
}

// Text says so, and what follows.
func (f LateHireNotice) Text() law.Text {
	return law.Say("The hire was notified on %s, and was to be by 24:00 of %s: work done before is undeclared. In tourism and public establishments missing data may be completed by the third day.",
		"L'assunzione è stata comunicata il %s, e andava comunicata entro le 24:00 del %s: il lavoro precedente è sommerso. Nel turismo e nei pubblici esercizi i dati mancanti si completano entro il terzo giorno.", f.Sent, f.First-1)
}

// Error is the English text.
func (f LateHireNotice) Error() string { return f.Text().EN }
