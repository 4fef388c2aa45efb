package law

import (
	"strconv"
	"strings"
)

// FactName names in words the fact that a JSON pointer of the decision protocol
// stands for, as it is named inside a sentence: "the start of the work". In a list it
// tells which element is meant. A pointer that is none of the protocol's is returned
// as it is.
func FactName(pointer string) Text {
	steps := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	name, number := Text{}, 0
	for i, s := range steps {
		if n, err := strconv.Atoi(s); err == nil {
			number = n + 1
			continue
		}
		if t, ok := factNames[s]; ok {
			name = t
		} else {
			name = Text{}
		}
		if i > 0 {
			if t, ok := factNames[steps[i-1]+"/"+s]; ok {
				name = t
			}
		}
	}
	switch {
	case name == (Text{}):
		return Text{pointer, pointer}
	case number > 0:
		return Say("%s (no. %d)", "%s (n. %d)", name, number)
	default:
		return name
	}
}

// missingText says which facts are missing, each once.
func missingText(needs []string) Text {
	var en, it []string
	seen := map[Text]bool{}
	for _, n := range needs {
		name := FactName(n)
		if !seen[name] {
			seen[name] = true
			en, it = append(en, name.EN), append(it, name.IT)
		}
	}
	if len(en) == 1 {
		return Text{"Missing: " + en[0] + ".", "Manca: " + it[0] + "."}
	}
	return Text{"Missing: " + strings.Join(en, "; ") + ".", "Mancano: " + strings.Join(it, "; ") + "."}
}

// factNames names the members of the questions of the protocol. A member that means
// different things is named with the one it stands in.
var factNames = map[string]Text{
	"absences":                   {"the absences of the workers", "le assenze dei lavoratori"},
	"accepted":                   {"whether the worker accepted the call", "se il lavoratore ha accettato la chiamata"},
	"accrual":                    {"the facts of the accruals", "i dati dei ratei"},
	"accruals":                   {"the monthly accruals of additional months", "i ratei mensili delle mensilità aggiuntive"},
	"across_midnight":            {"the shifts that ran past midnight", "i turni proseguiti oltre la mezzanotte"},
	"activity":                   {"the activity of the worker", "l'attività del lavoratore"},
	"activity/item":              {"the item of the table of 1923", "la voce della tabella del 1923"},
	"activity/role":              {"the worker's tasks within the item", "le mansioni del lavoratore nella voce"},
	"agibilita":                  {"whether the certificate of agibilità was obtained", "se è stata ottenuta l'agibilità"},
	"agreement":                  {"what the collective agreement says", "che cosa prevede il contratto collettivo"},
	"agreement/bans":             {"whether the collective agreement forbids on-call work", "se il contratto collettivo vieta il lavoro intermittente"},
	"agreement/needs":            {"whether the collective agreement names the need", "se il contratto collettivo individua l'esigenza"},
	"agreement/period":           {"the period of the collective agreement", "il periodo previsto dal contratto collettivo"},
	"agreement/periods":          {"the periods of the collective agreement", "i periodi previsti dal contratto collettivo"},
	"also":                       {"the worker's other codes", "gli altri codici del lavoratore"},
	"as":                         {"the form of the answer", "il formato della risposta"},
	"as_of":                      {"the moment for which the account is asked", "il momento al quale si riferisce il conto"},
	"at":                         {"the moment", "il momento"},
	"ateco":                      {"the ATECO code of the employer", "il codice ATECO del datore"},
	"ateco_version":              {"the version of the ATECO classification", "la versione della classificazione ATECO"},
	"bans":                       {"whether the collective agreement forbids on-call work", "se il contratto collettivo vieta il lavoro intermittente"},
	"basis":                      {"whether the indemnity is counted by hours or by days", "se l'indennità si calcola a ore o a giorni"},
	"birth":                      {"the worker's date of birth", "la data di nascita del lavoratore"},
	"birth_place":                {"the worker's place of birth", "il luogo di nascita del lavoratore"},
	"called":                     {"when the worker was called", "quando il lavoratore è stato chiamato"},
	"cancel":                     {"whether the row cancels a call", "se la riga annulla una chiamata"},
	"case":                       {"the case", "il caso"},
	"certified":                  {"whether the absence is certified", "se l'assenza è certificata"},
	"channel":                    {"the channel of the communication", "il canale della comunicazione"},
	"code":                       {"the worker's tax code", "il codice fiscale del lavoratore"},
	"collective_dismissals":      {"the collective dismissals of the last six months", "i licenziamenti collettivi degli ultimi sei mesi"},
	"collective_dismissals/date": {"the day of the collective dismissal", "la data del licenziamento collettivo"},
	"communication":              {"the communication", "la comunicazione"},
	"communications":             {"the communications sent", "le comunicazioni inviate"},
	"contingency":                {"the contingency allowance", "l'indennità di contingenza"},
	"contract":                   {"the terms of the contract", "le condizioni del contratto"},
	"contribution_base":          {"the base of the contributions paid", "l'imponibile dei contributi versati"},
	"contributions_paid":         {"whether contributions were paid", "se i contributi sono stati versati"},
	"date":                       {"the day", "la data"},
	"day":                        {"the day", "il giorno"},
	"days":                       {"the days", "le giornate"},
	"divisor":                    {"the monthly divisor of the hours", "il divisore orario mensile"},
	"duty":                       {"whether the worker is bound to answer the call", "se il lavoratore è obbligato a rispondere alla chiamata"},
	"edr":                        {"the E.D.R.", "l'E.D.R."},
	"elements":                   {"the elements that the contract states", "gli elementi che il contratto contiene"},
	"email":                      {"the employer's e-mail address", "l'indirizzo e-mail del datore"},
	"employer":                   {"the employer", "il datore di lavoro"},
	"employer_history":           {"the employer's sector in time", "il settore del datore nel tempo"},
	"end":                        {"the end of the work", "l'ora di fine della prestazione"},
	"entertainment":              {"the facts of the entertainment sector", "i dati del settore dello spettacolo"},
	"every_year":                 {"the period that recurs every year", "il periodo che ricorre ogni anno"},
	"expelled":                   {"whether the worker had been expelled from production", "se il lavoratore era stato espulso dal ciclo produttivo"},
	"extra_months":               {"the number of additional months", "il numero delle mensilità aggiuntive"},
	"first":                      {"the first day", "il primo giorno"},
	"fixed_term":                 {"whether the contract is fixed-term", "se il contratto è a termine"},
	"forfeit":                    {"whether the contract provides for the forfeit", "se il contratto prevede la perdita dell'indennità"},
	"from":                       {"the first day", "il primo giorno"},
	"full_time":                  {"what accrues in a month of full time", "quanto matura in un mese a tempo pieno"},
	"guaranteed_hours":           {"the guaranteed hours", "le ore garantite"},
	"hire_code":                  {"the code of the hire's communication", "il codice della comunicazione di assunzione"},
	"hire_found":                 {"whether an on-call job of the pair is on record", "se risulta un rapporto intermittente in essere"},
	"hire_notice":                {"when the hire was notified (UniLav)", "quando è stata comunicata l'assunzione (UniLav)"},
	"hire_notified":              {"whether the hire was notified (UniLav)", "se l'assunzione è stata comunicata (UniLav)"},
	"history_incomplete":         {"the days worked that could not be read", "le giornate lavorate che non è stato possibile leggere"},
	"hours":                      {"the hours", "le ore"},
	"idle":                       {"whether the worker had neither pay nor indemnity in the month", "se nel mese il lavoratore non ha avuto né retribuzione né indennità"},
	"impediments":                {"the impediments", "gli impedimenti"},
	"item":                       {"the item of the table of 1923", "la voce della tabella del 1923"},
	"justified":                  {"whether the refusal was justified", "se il rifiuto era giustificato"},
	"kind":                       {"whether it calls or cancels", "se si tratta di chiamata o di annullamento"},
	"last":                       {"the last day", "l'ultimo giorno"},
	"late_hire":                  {"why the hire was notified later", "perché l'assunzione è stata comunicata dopo"},
	"malfunction_proof":          {"whether a failure of the system can be proved", "se il malfunzionamento del sistema è documentato"},
	"message_id":                 {"the identifier of the e-mail", "l'identificativo dell'e-mail"},
	"minimum":                    {"the minimum pay", "il minimo tabellare"},
	"minimum_pension":            {"the minimum pension of the year", "il trattamento minimo di pensione dell'anno"},
	"models":                     {"the number of models in the e-mail", "il numero dei moduli nell'e-mail"},
	"month":                      {"the month", "il mese"},
	"monthly_hours":              {"the monthly hours", "le ore mensili"},
	"name":                       {"the worker's given name", "il nome del lavoratore"},
	"needs":                      {"whether the collective agreement names the need", "se il contratto collettivo individua l'esigenza"},
	"no_show":                    {"whether the worker did not turn up", "se il lavoratore non si è presentato"},
	"notice":                     {"the notice of a call that the contract sets", "il preavviso di chiamata previsto dal contratto"},
	"notice/hours":               {"the hours of notice of a call", "le ore di preavviso della chiamata"},
	"notified":                   {"whether the employer was told of the impediment", "se l'impedimento è stato comunicato al datore"},
	"now":                        {"the moment of the question", "il momento della domanda"},
	"on":                         {"the day asked", "il giorno richiesto"},
	"on_call_section":            {"whether the risk assessment has a section on on-call work", "se il DVR ha una sezione sul lavoro intermittente"},
	"on_end":                     {"the end of the work", "l'ora di fine della prestazione"},
	"on_start":                   {"the start of the work", "l'ora di inizio della prestazione"},
	"own_company":                {"whether the consultant acts for its own company", "se il consulente agisce per la propria azienda"},
	"paid":                       {"what was paid", "quanto è stato pagato"},
	"pay":                        {"the pay", "la retribuzione"},
	"pay_from":                   {"the changes of pay", "le variazioni della retribuzione"},
	"period":                     {"the period", "il periodo"},
	"periods":                    {"the periods", "i periodi"},
	"persons":                    {"the codes that are one person's", "i codici della stessa persona"},
	"phone_registered":           {"whether the telephone number is registered", "se il numero di telefono è registrato"},
	"place":                      {"the worker's place of birth", "il luogo di nascita del lavoratore"},
	"planned":                    {"the planned days", "le giornate programmate"},
	"presumed":                   {"the days presumed worked", "le giornate presunte lavorate"},
	"public_administration":      {"whether the employer is a public administration", "se il datore è una pubblica amministrazione"},
	"public_establishment":       {"whether it is a public establishment", "se si tratta di un pubblico esercizio"},
	"rate":                       {"the agreed rate of the indemnity", "la percentuale pattuita dell'indennità"},
	"refusals":                   {"the refusals", "i rifiuti"},
	"replaces_strikers":          {"whether workers on strike are replaced", "se sono sostituiti lavoratori in sciopero"},
	"representative":             {"whether the unions of the agreement are the more representative", "se il contratto collettivo è dei sindacati più rappresentativi"},
	"revoked":                    {"when the call was revoked", "quando la chiamata è stata revocata"},
	"risk_assessment":            {"whether the risk assessment was done", "se è stata fatta la valutazione dei rischi"},
	"role":                       {"who sends", "chi invia"},
	"rows":                       {"the rows of the communication", "le righe della comunicazione"},
	"same_duties":                {"whether the duties are the same", "se le mansioni sono le stesse"},
	"same_unit":                  {"whether the production unit is the same", "se l'unità produttiva è la stessa"},
	"schooling_done":             {"whether compulsory schooling is done", "se l'obbligo scolastico è assolto"},
	"sector_activity":            {"whether the activity is really of the sector", "se l'attività svolta è effettivamente del settore"},
	"sector_agreement":           {"whether the sector's collective agreement is applied", "se è applicato il contratto collettivo del settore"},
	"sender":                     {"who sends", "chi invia"},
	"sent":                       {"when the communication was sent", "quando è stata inviata la comunicazione"},
	"sex":                        {"the worker's sex", "il sesso del lavoratore"},
	"signed":                     {"the day of signing", "la data di stipula"},
	"span":                       {"the period", "il periodo"},
	"standing":                   {"the calls already communicated", "le chiamate già comunicate"},
	"start":                      {"the start of the work", "l'ora di inizio della prestazione"},
	"starts":                     {"the planned starts", "gli inizi programmati"},
	"statutory_period":           {"whether the work lies in the periods of the law", "se il lavoro cade nei periodi previsti dalla legge"},
	"surname":                    {"the worker's surname", "il cognome del lavoratore"},
	"suspensions":                {"the suspensions and reductions of hours", "le sospensioni e le riduzioni d'orario"},
	"term":                       {"whether the contract is fixed-term or open-ended", "se il contratto è a termine o a tempo indeterminato"},
	"text":                       {"the text", "il testo"},
	"texts":                      {"the text messages", "gli SMS"},
	"threshold":                  {"the threshold of the headcount", "la soglia dell'organico"},
	"time":                       {"the time of day", "l'ora"},
	"to":                         {"the address of the communication", "l'indirizzo della comunicazione"},
	"transferred":                {"the days worked for the predecessor", "le giornate lavorate per il cedente"},
	"unemployed":                 {"whether the worker was unemployed", "se il lavoratore era disoccupato"},
	"union_informed":             {"when the representatives were last informed", "quando le rappresentanze sono state informate"},
	"union_representatives":      {"whether there are workers' representatives", "se vi sono rappresentanze sindacali"},
	"unit":                       {"the facts of the production unit", "i dati dell'unità produttiva"},
	"wanted":                     {"the days wanted", "le giornate richieste"},
	"week":                       {"the week", "la settimana"},
	"weekly_hours":               {"the weekly hours", "l'orario settimanale"},
	"work":                       {"the days of the contract", "il periodo del contratto"},
	"worked":                     {"the days worked", "le giornate lavorate"},
	"worker":                     {"the worker's tax code", "il codice fiscale del lavoratore"},
	"workers":                    {"the workers", "i lavoratori"},
	"working_days":               {"the working days of notice of a call", "i giorni lavorativi di preavviso della chiamata"},
	"written":                    {"whether the contract is written", "se il contratto è scritto"},
	"year":                       {"the year", "l'anno"},
}
