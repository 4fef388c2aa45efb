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

// Failures that say only that they happened.
var (
	notUnemployed = law.Statement{
		EN: "To 14 May 2005 the law asked that the worker under 25 be unemployed, and this one was not.",
		IT: "Fino al 14 maggio 2005 la legge richiedeva che il lavoratore con meno di 25 anni fosse disoccupato, e questo non lo era.",
	}
	notExpelled = law.Statement{
		EN: "To 14 May 2005 the law asked that the worker over 45 had been expelled from production or was on the lists, and this one was not.",
		IT: "Fino al 14 maggio 2005 la legge richiedeva che il lavoratore con più di 45 anni fosse espulso dal ciclo produttivo o iscritto alle liste, e questo non lo era.",
	}
	noNeed = law.Statement{
		EN: "The collective agreement names neither the need nor a predetermined period.",
		IT: "Il contratto collettivo non individua né l'esigenza né un periodo predeterminato.",
	}
	notRepresentative = law.Statement{
		EN: "The collective agreement is not one of the comparatively more representative unions: it counts as if it said nothing.",
		IT: "Il contratto collettivo non è dei sindacati comparativamente più rappresentativi: è come se tacesse.",
	}
	representativeUnknown = law.Statement{
		EN: "The ground rests on the collective agreement: check that its unions are the comparatively more representative ones, since no other agreement counts.",
		IT: "Il requisito si fonda sul contratto collettivo: va verificato che sia dei sindacati comparativamente più rappresentativi, perché nessun altro vale.",
	}
	schoolingOpen = law.Statement{
		EN: "A minor may be employed only after ten years of compulsory schooling. " + void.EN,
		IT: "Un minore può essere assunto solo dopo dieci anni di istruzione obbligatoria. " + void.IT,
	}
	shorterSchoolingOpen = law.Statement{ // to 31 August 2007
		EN: "A minor may be employed only when compulsory schooling is over. " + void.EN,
		IT: "Un minore può essere assunto solo concluso il periodo di istruzione obbligatoria. " + void.IT,
	}
	publicEmployer = law.Statement{
		EN: "On-call work is not open to public administrations. " + void.EN,
		IT: "Il lavoro intermittente non è aperto alle pubbliche amministrazioni. " + void.IT,
	}
	replacesStrikers = law.Statement{
		EN: "On-call work may not replace workers on strike. " + void.EN,
		IT: "Il lavoro intermittente non può sostituire lavoratori in sciopero. " + void.IT,
	}
	noOnCallSection = law.Statement{
		EN: "The risk assessment has no section on on-call staff: it is complete all the same where the risks of the duties are assessed and do not depend on the kind of contract.",
		IT: "Il documento di valutazione non ha una sezione sugli intermittenti: è completo lo stesso se i rischi delle mansioni sono valutati e non dipendono dal tipo di contratto.",
	}
	notWritten = law.Statement{
		EN: "Writing is for proof: the contract is valid, but a judge may take it for an ordinary one.",
		IT: "La forma scritta è per la prova: il contratto è valido, ma il giudice può ritenerlo ordinario.",
	}
	noTimeBands = law.Statement{
		EN: "The contract binds the worker to answer and states no reference hours and days: outside them, or without reasonable notice, the worker may refuse a call without any harm.",
		IT: "Il contratto obbliga il lavoratore a rispondere e non indica ore e giorni di riferimento: al di fuori di questi, o senza ragionevole preavviso, il lavoratore può rifiutare la chiamata senza alcun pregiudizio.",
	}
	noNotice = law.Statement{
		EN: "The contract states no notice of a call: the law sets no minimum, but asks for one.",
		IT: "Il contratto non indica il preavviso di chiamata: la legge non fissa un minimo, ma lo richiede.",
	}
)

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

// Text implements [law.Facts].
func (f NoGround) Text() law.Text {
	return law.Say("No ground held at signing. From %s the inspectorate treats the work as ordinary employment, full-time and open-ended from the start; the Court of Cassation holds the contract void, without conversion by law.",
		"Nessun requisito sussisteva alla stipula. Dal %s per l'ispettorato il rapporto si considera ordinario, a tempo pieno e indeterminato, dalla costituzione; per la Cassazione il contratto è nullo e non si converte di diritto.", f.Signed)
}

// Error implements [law.Facts].
func (f NoGround) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f NoGround) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Day("signed", f.Signed)
	return o.Close()
}

// NoSuchContract says that the law knew no on-call work on the day of the signing.
type NoSuchContract struct {
	Signed date.Date `json:"signed"`
}

// Text implements [law.Facts].
func (f NoSuchContract) Text() law.Text {
	if f.Signed < decreeOf2003 {
		return law.Say("Signed on %s: the law has known on-call work only from %s.",
			"Stipula del %s: la legge conosce il lavoro intermittente solo dal %s.", f.Signed, decreeOf2003)
	}
	return law.Say("Signed on %s: on-call work was repealed from %s to %s, and no such contract could be concluded.",
		"Stipula del %s: il lavoro intermittente era abrogato dal %s al %s, e non si poteva concludere alcun contratto.", f.Signed, repeal, revival-1)
}

// Error implements [law.Facts].
func (f NoSuchContract) Error() string { return f.Text().EN }

// ContractEnded says that a contract signed before the reform of 2012, which only the
// ages or the periods of the older law allowed, has lost effect.
type ContractEnded struct {
	Last date.Date `json:"last"`         // the last day of its effect
	Day  date.Date `json:"day,omitzero"` // the day too late; zero where some are not
}

// Text implements [law.Facts].
func (f ContractEnded) Text() law.Text {
	if f.Day == 0 {
		return law.Say("The contract rests on what only the law before 18 July 2012 allowed (its ages, its periods): it has effect to %s.",
			"Il contratto si fonda su ciò che solo la legge anteriore al 18 luglio 2012 consentiva (età, periodi): ha effetto fino al %s.", f.Last)
	}
	return law.Say("The contract rests on what only the law before 18 July 2012 allowed (its ages, its periods) and had effect to %s: work on %s is without a contract, and undeclared for the Ministry.",
		"Il contratto si fonda su ciò che solo la legge anteriore al 18 luglio 2012 consentiva (età, periodi) e ha avuto effetto fino al %s: il lavoro del %s è senza contratto, in nero per il Ministero.", f.Last, f.Day)
}

// Error implements [law.Facts].
func (f ContractEnded) Error() string { return f.Text().EN }

// OutsideContract says that the day asked is not one of the contract's.
type OutsideContract struct {
	On   date.Date `json:"on"`
	Days law.Span  `json:"days"`
}

// Text implements [law.Facts].
func (f OutsideContract) Text() law.Text {
	return law.Say("%s is not a day of the contract (%s): no ground allows a call without one.",
		"Il %s è fuori dal periodo del contratto (%s); senza contratto nessun requisito consente una chiamata.", f.On, f.Days)
}

// Error implements [law.Facts].
func (f OutsideContract) Error() string { return f.Text().EN }

// TooOld says that at signing the worker was no longer under the age.
type TooOld struct {
	Age      int       `json:"age"`
	Signed   date.Date `json:"signed"`
	Last     date.Date `json:"last"`     // last day to sign by every reading
	Birthday date.Date `json:"birthday"` // by the latest reading
}

// Text implements [law.Facts].
func (f TooOld) Text() law.Text {
	return law.Say("The young ground needs a worker under %d at signing: the last day was %s, the contract is of %s.%s",
		"Il requisito anagrafico richiede meno di %d anni alla stipula: l'ultimo giorno era il %s, il contratto è del %s.%s",
		f.Age, f.Last, f.Signed, aside(f.Signed, f.Birthday))
}

// Error implements [law.Facts].
func (f TooOld) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f TooOld) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Int("age", f.Age)
	o.Day("signed", f.Signed)
	o.Day("last", f.Last)
	o.Day("birthday", f.Birthday)
	return o.Close()
}

// WorkEnds says that on the young ground alone the work ends before the birthday.
type WorkEnds struct {
	Age      int       `json:"age"`
	Last     date.Date `json:"last"`         // last lawful day by every reading
	Birthday date.Date `json:"birthday"`     // by the latest reading
	Day      date.Date `json:"day,omitzero"` // the day too late; zero where some are not
	// Signed is the day of signing of a contract of before 18 July 2012, whose law is read
	// so by the courts only; zero for later ones.
	Signed date.Date `json:"signed,omitzero"`
	// Worked is how many days were worked too late, Day the first of them; zero where a
	// day is asked about.
	Worked int `json:"worked,omitzero"`
}

// Text implements [law.Facts].
func (f WorkEnds) Text() law.Text {
	t := f.limit()
	if f.Worked > 0 {
		n := law.Say(" Days worked from %s on: %d.", " Giorni lavorati dal %s in poi: %d.", f.Day, f.Worked)
		t = law.Text{EN: t.EN + n.EN, IT: t.IT + n.IT}
	}
	return t
}

// limit says which the last lawful day is.
func (f WorkEnds) limit() law.Text {
	if f.Signed != 0 {
		day := f.Day
		if day == 0 {
			day = f.Last + 1
		}
		return law.Say("Signed on %s, before the law set an end to the work of the young: the Court of Justice and the Court of Cassation read the law of then as asking for less than %d years at work too. By that reading the last lawful day is %s, and %s is later.",
			"Stipula del %s, prima che la legge fissasse un termine al lavoro dei giovani: per la Corte di giustizia e la Cassazione anche la legge di allora richiedeva meno di %d anni al momento del lavoro. Secondo questa lettura l'ultimo giorno lecito è il %s, e il %s è successivo.",
			f.Signed, f.Age, f.Last, day)
	}
	if f.Day == 0 {
		return law.Say("On the young ground alone the last lawful day is %s, the day before the worker turns %d. The contract does not end by itself: it may lawfully be ended then.",
			"Con il solo requisito anagrafico l'ultimo giorno lecito è il %s, vigilia del compimento dei %d anni. Il contratto non cessa da sé: può essere lecitamente risolto allora.", f.Last, f.Age)
	}
	return law.Say("On the young ground alone the last lawful day is %s, the day before the worker turns %d: work on %s is later. From then on the work is ordinary employment, full-time and open-ended, for the inspectorate, without a valid contract for the Court of Cassation.%s",
		"Con il solo requisito anagrafico l'ultimo giorno lecito è il %s, vigilia del compimento dei %d anni: il lavoro del %s è successivo. Da allora per l'ispettorato il rapporto è ordinario, a tempo pieno e indeterminato, per la Cassazione manca un valido contratto.%s",
		f.Last, f.Age, f.Day, aside(f.Day, f.Birthday))
}

// Error implements [law.Facts].
func (f WorkEnds) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f WorkEnds) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Int("age", f.Age)
	o.Day("last", f.Last)
	o.Day("birthday", f.Birthday)
	if f.Day != 0 {
		o.Day("day", f.Day)
	}
	if f.Signed != 0 {
		o.Day("signed", f.Signed)
	}
	if f.Worked > 0 {
		o.Int("worked", f.Worked)
	}
	return o.Close()
}

// NotSenior says that at signing the worker was not over the age, or not by every reading.
type NotSenior struct {
	Age    int       `json:"age"`
	Signed date.Date `json:"signed"`
	From   date.Date `json:"from"`  // reached, by the administrative reading
	Clear  date.Date `json:"clear"` // by every reading
}

// Text implements [law.Facts].
func (f NotSenior) Text() law.Text {
	if f.Signed >= f.From {
		return law.Say("Signed on %s: in practice the age of %d is reached on %s; by the letter (more than %[2]d) and art. 2963 of the civil code on %[4]s.",
			"Stipula del %s: per la prassi i %d anni sono compiuti dal %s; per la lettera (più di %[2]d) e l'art. 2963 c.c. dal %[4]s.", f.Signed, f.Age, f.From, f.Clear)
	}
	return law.Say("The senior ground needs the age of %d at signing: the worker reaches it on %s, the contract is of %s.",
		"Il requisito anagrafico richiede %d anni compiuti alla stipula: il lavoratore li compie il %s, il contratto è del %s.", f.Age, f.From, f.Signed)
}

// Error implements [law.Facts].
func (f NotSenior) Error() string { return f.Text().EN }

// UnderAge says that the worker was too young to work at all.
type UnderAge struct {
	Age  int       `json:"age"`
	From date.Date `json:"from"` // the day the age is reached
}

// Text implements [law.Facts].
func (f UnderAge) Text() law.Text {
	return law.Say("Nobody under %d may be employed: the age is reached on %s. Work in culture, sport, advertising or entertainment may have been authorised: that is not judged here. %s",
		"Sotto i %d anni non si può essere assunti: l'età si raggiunge il %s. Il lavoro nella cultura, nello sport, nella pubblicità o nello spettacolo può essere stato autorizzato: qui non si giudica. %s",
		f.Age, f.From, void)
}

// Error implements [law.Facts].
func (f UnderAge) Error() string { return f.Text().EN }

// Minor says that the worker was a minor who may work.
type Minor struct {
	Until date.Date `json:"until"` // the first day of full age
}

// Text implements [law.Facts].
func (f Minor) Text() law.Text {
	return law.Say("Until %s the worker is a minor: the limits of child labour hold (for adolescents 8 hours a day and 40 a week).",
		"Fino al %s il lavoratore è minorenne: valgono i limiti del lavoro minorile (per gli adolescenti 8 ore al giorno e 40 a settimana).", f.Until-1)
}

// Error implements [law.Facts].
func (f Minor) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f Minor) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Day("until", f.Until)
	return o.Close()
}

// WholeYear says that the agreement's periods are no part of the year.
type WholeYear struct {
	Period  law.Span `json:"period,omitzero"`
	Periods []Period `json:"periods,omitempty"`
}

// Text implements [law.Facts].
func (f WholeYear) Text() law.Text {
	return law.Say("A period as long as the year (%s) is not predetermined: a contract resting on it is ordinary open-ended employment.",
		"Un periodo lungo quanto l'anno (%s) non è predeterminato: il contratto che vi si fonda è ordinario rapporto a tempo indeterminato.",
		textOf((&CollectiveAgreement{Period: f.Period, Periods: f.Periods}).all()))
}

// Error implements [law.Facts].
func (f WholeYear) Error() string { return f.Text().EN }

// OutsidePeriod says that the contract rests on the agreement's periods, and the day, or
// the call of that day, is not in them.
type OutsidePeriod struct {
	Period  law.Span  `json:"period,omitzero"`
	Periods []Period  `json:"periods,omitempty"`
	Day     date.Date `json:"day,omitzero"`   // the day asked; zero where no day of the work is in them
	Start   time.Time `json:"start,omitzero"` // of the call, where only its hours are outside
	End     time.Time `json:"end,omitzero"`
}

// Text implements [law.Facts].
func (f OutsidePeriod) Text() law.Text {
	list := textOf((&CollectiveAgreement{Period: f.Period, Periods: f.Periods}).all())
	switch {
	case f.Day == 0:
		return law.Say("The contract rests on the agreement's period (%s), and no day of the work is in it.",
			"Il contratto si fonda sul periodo del contratto collettivo (%s), e nessun giorno di lavoro vi cade.", list)
	case f.Start.IsZero():
		return law.Say("The contract rests on the agreement's period (%s): %s is not in it.",
			"Il contratto si fonda sul periodo del contratto collettivo (%s): il %s non vi cade.", list, f.Day)
	case f.End.IsZero():
		return law.Say("The contract rests on the agreement's period (%s): a call on %s is not in it.",
			"Il contratto si fonda sul periodo del contratto collettivo (%s): una chiamata il %s non vi cade.", list, f.Start)
	default:
		return law.Say("The contract rests on the agreement's period (%s): a call from %s to %s is not wholly in it.",
			"Il contratto si fonda sul periodo del contratto collettivo (%s): una chiamata con inizio il %s e fine il %s non vi cade per intero.", list, f.Start, f.End)
	}
}

// Error implements [law.Facts].
func (f OutsidePeriod) Error() string { return f.Text().EN }

// Banned says that the agreement bans on-call work, and practice then held bans binding.
type Banned struct {
	Until date.Date `json:"until"` // the first ruling against bans
}

// Text implements [law.Facts].
func (f Banned) Text() law.Text {
	return law.Say("The collective agreement bans on-call work. For the Court of Cassation (%s) and the inspectorate the ban has no effect; the Ministry had held it binding, at least where the contract does not rest on age.",
		"Il contratto collettivo vieta il lavoro intermittente. Per la Cassazione (%s) e l'ispettorato il divieto non ha effetto; il Ministero lo aveva ritenuto vincolante, almeno se il contratto non si fonda sull'età.", f.Until)
}

// Error implements [law.Facts].
func (f Banned) Error() string { return f.Text().EN }

// NotInTable says that the activity, or the role, is out of the table.
type NotInTable struct {
	Item int  `json:"item"` // 0 for none
	Role Role `json:"role,omitzero"`
}

// Text implements [law.Facts].
func (f NotInTable) Text() law.Text {
	if f.Item == 0 {
		return law.Say("The activity is none of the table annexed to r.d. 2657/1923.",
			"L'attività non è nella tabella allegata al r.d. 2657/1923.")
	}
	return law.Say("Item %d of the table does not take in this role: %s.",
		"La voce %d della tabella non comprende questo ruolo: %s.", f.Item, f.Role.Label())
}

// Error implements [law.Facts].
func (f NotInTable) Error() string { return f.Text().EN }

// TableRepealed says that the decree with the table was repealed before the signing.
type TableRepealed struct {
	From date.Date `json:"from"`
}

// Text implements [law.Facts].
func (f TableRepealed) Text() law.Text {
	return law.Say("The decree with the table is repealed from %s. By the inspectorate and the Ministry the table is recalled for its contents only and still applies.",
		"Il decreto con la tabella è abrogato dal %s. Per l'ispettorato e il Ministero il rinvio alla tabella è solo materiale e resta valido.", f.From)
}

// Error implements [law.Facts].
func (f TableRepealed) Error() string { return f.Text().EN }

// NoInterruption says that every day of the contract was worked.
type NoInterruption struct {
	Days law.Span `json:"days"`
}

// Text implements [law.Facts].
func (f NoInterruption) Text() law.Text {
	return law.Say("Every day of the contract was worked (%s): without an interruption the work is not intermittent.",
		"Ogni giorno del contratto è stato lavorato (%s): senza un'interruzione il lavoro non è intermittente.", f.Days)
}

// Error implements [law.Facts].
func (f NoInterruption) Error() string { return f.Text().EN }

// RecentDismissal says that a collective dismissal hit the same duties in the same unit.
type RecentDismissal struct {
	Dismissed date.Date `json:"dismissed"`
	Until     date.Date `json:"until"` // the last day of the ban
	Day       date.Date `json:"day"`   // of the signing, or of the call
	Call      bool      `json:"call"`  // it is of a call after the signing
}

// Text implements [law.Facts].
func (f RecentDismissal) Text() law.Text {
	if f.Call {
		return law.Say("After the signing a collective dismissal hit the same duties in the same unit (%s): the ban is tested at signing, but until %s a call may be contested.",
			"Dopo la stipula un licenziamento collettivo ha colpito le stesse mansioni nella stessa unità (%s): il divieto si valuta alla stipula, ma fino al %s una chiamata può essere contestata.", f.Dismissed, f.Until)
	}
	return law.Say("A collective dismissal hit the same duties in the same unit (%s): no contract until %s included, this one is of %s. %s",
		"Un licenziamento collettivo ha colpito le stesse mansioni nella stessa unità (%s): nessun contratto fino al %s compreso, questo è del %s. %s", f.Dismissed, f.Until, f.Day, void)
}

// Error implements [law.Facts].
func (f RecentDismissal) Error() string { return f.Text().EN }

// UnderSuspension says that work was suspended or reduced for the same duties in the unit.
type UnderSuspension struct {
	Span law.Span  `json:"span"`
	Day  date.Date `json:"day,omitzero"` // of the signing or the call; zero where every lawful day is hit
	Call bool      `json:"call"`         // it is of a call after the signing
}

// Text implements [law.Facts].
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

// Error implements [law.Facts].
func (f UnderSuspension) Error() string { return f.Text().EN }

// NoRiskAssessment says that the employer has not done the risk assessment.
type NoRiskAssessment struct {
	Signed date.Date `json:"signed"`
}

// Text implements [law.Facts].
func (f NoRiskAssessment) Text() law.Text {
	return law.Say("The employer has not done the risk assessment. For the inspectorate the contract is open-ended employment from %s, part-time where the work was; for the Court of Cassation it does not convert, and pay and contributions are due for the days worked.",
		"Il datore non ha effettuato la valutazione dei rischi. Per l'ispettorato il contratto è a tempo indeterminato dal %s, anche a tempo parziale; per la Cassazione non si converte, e sono dovute retribuzione e contribuzione per i giorni lavorati.", f.Signed)
}

// Error implements [law.Facts].
func (f NoRiskAssessment) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f NoRiskAssessment) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Day("signed", f.Signed)
	return o.Close()
}

// MissingElements says that the contract does not state all it must.
type MissingElements struct {
	Elements []Element `json:"elements"`
}

// Text implements [law.Facts].
func (f MissingElements) Text() law.Text {
	var names law.Text
	for i, e := range f.Elements {
		if i > 0 {
			names.EN += ", "
			names.IT += ", "
		}
		names.EN += e.Label().EN
		names.IT += e.Label().IT
	}
	return law.Say("The contract does not state: %s. It is valid, and to be completed.",
		"Il contratto non indica: %s. È valido, e va integrato.", names)
}

// Error implements [law.Facts].
func (f MissingElements) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f MissingElements) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(law.AppendList(o.Name("elements"), f.Elements, func(e Element, b []byte) ([]byte, error) {
		return law.AppendString(b, e.String()), nil
	}))
	return o.Close()
}

// ShortNotice says that the notice of a call is below the minimum of the law, or that its
// hours are not always a working day.
type ShortNotice struct {
	Notice
	Minimum int `json:"minimum"` // working days
}

// Text implements [law.Facts].
func (f ShortNotice) Text() law.Text {
	if f.Hours >= f.Minimum*hoursOfADay {
		return law.Say("The notice of a call is %d hours: across a Sunday or a holiday they may hold no working day, and the law then in force asked for %d working day.",
			"Il preavviso di chiamata è di %d ore: a cavallo di una domenica o di una festività possono non contenere un giorno lavorativo, e la legge allora vigente richiedeva %d giorno lavorativo.", f.Hours, f.Minimum)
	}
	if f.Hours > 0 {
		return law.Say("The notice of a call is %d hours, less than the %d working day of the law then in force.",
			"Il preavviso di chiamata è di %d ore, meno di %d giorno lavorativo, minimo di legge allora vigente.", f.Hours, f.Minimum)
	}
	return law.Say("No notice of a call is stated; the law then in force asked for %d working day.",
		"Non è indicato il preavviso di chiamata; la legge allora vigente richiedeva %d giorno lavorativo.", f.Minimum)
}

// Error implements [law.Facts].
func (f ShortNotice) Error() string { return f.Text().EN }

// InformationDue says that the yearly information to the representatives is due.
type InformationDue struct {
	Given date.Date `json:"given,omitzero"` // last time; zero when never
	Due   date.Date `json:"due"`
	// OnlyRSA says that only the representatives of the company's unions (RSA) are to be
	// informed: so of contracts signed before 25 June 2015.
	OnlyRSA bool `json:"only_rsa,omitzero"`
}

// Text implements [law.Facts].
func (f InformationDue) Text() law.Text {
	who := law.Text{EN: "workers' representatives (RSA or RSU)", IT: "rappresentanze sindacali (RSA o RSU)"}
	if f.OnlyRSA {
		who = law.Text{EN: "workers' representatives (RSA)", IT: "rappresentanze sindacali aziendali (RSA)"}
	}
	if f.Given == 0 {
		return law.Say("The %s, where there are any, are to be informed every year of the on-call work: by %s.",
			"Le %s, se ci sono, vanno informate ogni anno sul lavoro intermittente: entro il %s.", who, f.Due)
	}
	return law.Say("The %s were last informed on %s: they were to be informed again by %s.",
		"Le %s sono state informate l'ultima volta il %s: andavano informate di nuovo entro il %s.", who, f.Given, f.Due)
}

// Error implements [law.Facts].
func (f InformationDue) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f InformationDue) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	if f.Given != 0 {
		o.Day("given", f.Given)
	}
	o.Day("due", f.Due)
	if f.OnlyRSA {
		o.Bool("only_rsa", true)
	}
	return o.Close()
}

// LateHireNotice says that the hire was not notified before the first day of work.
type LateHireNotice struct {
	Sent  time.Time `json:"sent"`
	First date.Date `json:"first"` // the first day of work
	// Tourism says that the law then let missing data follow in tourism.
	Tourism bool `json:"tourism,omitzero"`
}

// Text implements [law.Facts].
func (f LateHireNotice) Text() law.Text {
	var but law.Text
	if f.Tourism {
		but = law.Text{
			EN: " In tourism and public establishments missing data may be completed by the third day.",
			IT: " Nel turismo e nei pubblici esercizi i dati mancanti si completano entro il terzo giorno.",
		}
	}
	return law.Say("The hire was notified on %s, and was to be by 24:00 of %s: work done before the notice is undeclared.%s",
		"L'assunzione è stata comunicata il %s, e andava comunicata entro le 24:00 del %s: il lavoro eventualmente svolto prima dell'invio è sommerso.%s", f.Sent, f.First-1, but)
}

// Error implements [law.Facts].
func (f LateHireNotice) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f LateHireNotice) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Instant("sent", f.Sent)
	o.Day("first", f.First)
	if f.Tourism {
		o.Bool("tourism", true)
	}
	return o.Close()
}

// NeverNotified says that the hire was never notified.
type NeverNotified struct {
	First date.Date `json:"first"` // the first day of work
}

// Text implements [law.Facts].
func (f NeverNotified) Text() law.Text {
	return law.Say("The hire was never notified, and was to be by 24:00 of %s: the work is undeclared.",
		"L'assunzione non è mai stata comunicata, e andava comunicata entro le 24:00 del %s: il lavoro è sommerso.", f.First-1)
}

// Error implements [law.Facts].
func (f NeverNotified) Error() string { return f.Text().EN }

// AllowedLateHire says that the hire was notified late, within the days that a
// circumstance allows.
type AllowedLateHire struct {
	Sent   time.Time `json:"sent"`
	Reason LateHire  `json:"reason"`
	Until  date.Date `json:"until"` // the last day allowed
}

// Text implements [law.Facts].
func (f AllowedLateHire) Text() law.Text {
	condition := law.Text{
		EN: "the contract and the worker had been notified before", IT: "il contratto e il lavoratore fossero già stati comunicati",
	}
	if f.Reason == LateByForceMajeure {
		condition = law.Text{EN: "it can be proved, or that the urgency was notified the day before", IT: "sia documentata, o che l'urgenza sia stata comunicata il giorno prima"}
	}
	return law.Say("The hire was notified on %s, within the time allowed to %s (%s), provided that %s.",
		"L'assunzione è stata comunicata il %s, nel termine ammesso fino al %s (%s), a condizione che %s.", f.Sent, f.Until, f.Reason.Label(), condition)
}

// Error implements [law.Facts].
func (f AllowedLateHire) Error() string { return f.Text().EN }
