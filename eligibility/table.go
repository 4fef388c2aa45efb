package eligibility

import (
	"slices"

	"github.com/intermittente/intermittente/limits/law"
)

// lastItem is the number of the table's last item.
const lastItem = 46

// Role is a role that practice has told apart from the rest of its item. The zero
// value is any other role.
type Role uint8

// The roles.
const (
	Driver           Role = iota + 1 // of lorries: out of item 8
	Loader                           // loading and unloading: in item 8
	Ropeway                          // staff of ropeways and ski lifts: in item 8
	AmbulanceCrew                    // drivers and rescuers: out of item 21
	TakeawayArtisan                  // artisan food without service: in item 5 only as pubblico esercizio
	StandFitter                      // of stages and stands: out of items 43 and 46
	EventTechnician                  // lights, sound, microphones during the event: in item 43
	CallCentre                       // call-centre operators, inbound or outbound: out of item 12
	OtherInterpreter                 // of a language school, or with other tasks too: out of item 38
)

const lastRole = OtherInterpreter

var roleWords = []string{"", "driver", "loader", "ropeway", "ambulance-crew", "takeaway-artisan", "stand-fitter", "event-technician",
	"call-centre", "other-interpreter"}

// String returns the word used in JSON.
func (r Role) String() string { return law.Word(r, roleWords...) }

// MarshalText returns the word used in JSON.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the word used in JSON.
func (r *Role) UnmarshalText(b []byte) (err error) {
	*r, err = law.ParseWord[Role](string(b), roleWords...)
	return err
}

// Label names the role in both languages.
func (r Role) Label() law.Text {
	return law.Text{
		EN: law.Word(r, "any role", "lorry driver", "loader", "ropeway staff", "ambulance crew", "artisan take-away outside public establishments",
			"stand fitter", "event technician", "call-centre operator", "interpreter of a language school or with other tasks"),
		IT: law.Word(r, "qualsiasi ruolo", "autista", "addetto al carico e scarico", "addetto agli impianti a fune", "autista soccorritore",
			"artigiano da asporto fuori dai pubblici esercizi", "allestitore di stand e palchi", "tecnico dell'evento", "operatore di call center", "interprete di scuola di lingue o con altre mansioni"),
	}
}

// Occupation is an item of the table annexed to R.D. 2657/1923, by the number the
// Ministry uses. The names are paraphrased; the table's own limits of population
// do not operate (circ. 4/2005).
type Occupation struct {
	Number int
	Name   law.Text
	Scope  law.Text // what practice has let in or out; may be empty
	Cites  []law.Citation
}

// Occupations returns the items whose text is confirmed, in their order. Of the
// others the rule answers undetermined.
func Occupations() []Occupation { return slices.Clone(occupations) }

// citesOf returns what an item rests on, nil when its text is not confirmed.
func citesOf(item int) []law.Citation {
	for i := range occupations {
		if occupations[i].Number == item {
			return occupations[i].Cites
		}
	}
	return nil
}

// scope says whether the activity's role belongs to its item: Unknown where a fact
// is missing. The citations decide.
func (a Activity) scope() (law.Answer, []law.Citation) {
	switch n := *a.Item; {
	case n == 5 && a.Role == TakeawayArtisan:
		return a.PublicEstablishment, artisanCites
	case n == 8 && a.Role == Driver:
		return law.No, driverCites
	case n == 12 && a.Role == CallCentre:
		return law.No, callCentreCites
	case n == 38 && a.Role == OtherInterpreter:
		return law.No, interpreterCites
	case n == 21 && a.Role == AmbulanceCrew, (n == 43 || n == 46) && a.Role == StandFitter:
		return law.No, fitterCites
	default:
		return law.Yes, nil
	}
}

var (
	artisanCites     = []law.Citation{law.Of(law.Interpello1of2018)}
	driverCites      = []law.Citation{law.Of(law.INL1of2021), law.Of(law.RD2657of1923)}
	callCentreCites  = []law.Citation{law.Of(law.Interpello10of2014), law.Of(law.RD2657of1923)}
	interpreterCites = []law.Citation{law.Of(law.Interpello31of2013), law.Of(law.RD2657of1923)}
	fitterCites      = []law.Citation{law.Of(law.Interpello7of2014), law.Of(law.RD2657of1923)}
)

// recalled adds to each item's own sources the decree that recalls the table, and
// the table.
func recalled(items ...Occupation) []Occupation {
	for i := range items {
		items[i].Cites = append(items[i].Cites, law.Of(law.DM23October2004), law.Of(law.RD2657of1923))
	}
	return items
}

var occupations = recalled(
	Occupation{Number: 1, Name: law.Text{EN: "caretakers", IT: "custodi"}},
	Occupation{Number: 2, Name: law.Text{EN: "day and night watchmen, excise guards", IT: "guardiani diurni e notturni, guardie daziarie"}},
	Occupation{Number: 3, Name: law.Text{EN: "doorkeepers", IT: "portinai"}},
	Occupation{
		Number: 4, Name: law.Text{EN: "messengers, ushers, attendants", IT: "fattorini, uscieri e inservienti"},
		Scope: law.Text{EN: "not messengers at continuous work", IT: "esclusi i fattorini con lavoro continuativo"},
	},
	Occupation{
		Number: 5, Name: law.Text{
			EN: "waiters, service and kitchen staff of hotels, restaurants, public establishments, sleeping and dining cars, steamers",
			IT: "camerieri, personale di servizio e di cucina di alberghi, trattorie, esercizi pubblici, carrozze letto e ristorante, piroscafi",
		},
		Scope: law.Text{
			EN: "role and place both count; a contractor's cleaners in a hotel are in; artisan take-aways only as public establishments",
			IT: "contano ruolo e luogo; addetti alle pulizie dell'appaltatore in albergo compresi; artigiani da asporto solo se pubblici esercizi",
		},
		Cites: []law.Citation{law.Of(law.Interpello17of2014), law.Of(law.Interpello1of2018)},
	},
	Occupation{Number: 6, Name: law.Text{EN: "weighers, warehousemen, storekeepers and assistants", IT: "pesatori, magazzinieri, dispensieri e aiuti"}},
	Occupation{Number: 7, Name: law.Text{EN: "fire-extinguishing staff", IT: "personale addetto all'estinzione degli incendi"}},
	Occupation{
		Number: 8, Name: law.Text{EN: "transport of persons and goods: loading and unloading", IT: "trasporto di persone e merci: carico e scarico"},
		Scope: law.Text{
			EN: "drivers are out; staff of ropeways and ski lifts are in",
			IT: "autisti esclusi; personale degli impianti a fune compreso",
		},
		Cites: []law.Citation{law.Of(law.DL48of2023, "36-bis"), law.Of(law.INL1of2021)},
	},
	Occupation{Number: 9, Name: law.Text{EN: "carters, stablemen, carers of draught animals", IT: "cavallanti, stallieri, addetti agli animali da traino"}},
	Occupation{Number: 10, Name: law.Text{EN: "train and shunting staff of factory railways", IT: "personale di treno e di manovra delle ferrovie interne"}},
	Occupation{
		Number: 11, Name: law.Text{EN: "overseers", IT: "sorveglianti"},
		Scope: law.Text{EN: "who take no material part in the work", IT: "che non partecipano materialmente al lavoro"},
	},
	Occupation{
		Number: 12, Name: law.Text{EN: "operators of private telephone switchboards", IT: "addetti ai centralini telefonici privati"},
		Scope: law.Text{EN: "who put calls through; call-centre operators are out, inbound and outbound", IT: "che smistano le chiamate; operatori di call center esclusi, in entrata e in uscita"},
		Cites: []law.Citation{law.Of(law.Interpello10of2014)},
	},
	Occupation{
		Number: 13, Name: law.Text{EN: "staff of hospitals, nursing homes and clinics", IT: "personale di ospedali, case di salute e cliniche"},
		Scope: law.Text{EN: "not assistance in the wards listed", IT: "esclusa l'assistenza nelle sale indicate"},
	},
	Occupation{
		Number: 14, Name: law.Text{EN: "shop assistants, sales staff", IT: "commessi di negozio, addetti alle vendite"},
		Scope: law.Text{EN: "whatever the town's population", IT: "qualunque sia la popolazione del comune"},
		Cites: []law.Citation{law.Of(law.Interpello46of2011), law.Of(law.Circ4of2005)},
	},
	Occupation{Number: 15, Name: law.Text{EN: "supervision of drying plants", IT: "sorveglianza degli essiccatoi"}},
	Occupation{Number: 16, Name: law.Text{EN: "supervision of refrigeration plants", IT: "sorveglianza degli impianti frigoriferi"}},
	Occupation{Number: 17, Name: law.Text{EN: "supervision of water-lifting and distribution plants", IT: "sorveglianza degli impianti di sollevamento e distribuzione dell'acqua"}},
	Occupation{
		Number: 19, Name: law.Text{EN: "bathing establishments and mineral waters", IT: "stabilimenti di bagni e acque minerali"},
		Scope: law.Text{EN: "lifeguards are in", IT: "bagnini compresi"},
		Cites: []law.Citation{law.Of(law.Interpello13of2013)},
	},
	Occupation{
		Number: 21, Name: law.Text{EN: "hygiene and health services, surgeries, first-aid posts", IT: "servizi igienici e sanitari, ambulatori, posti di pronto soccorso"},
		Scope: law.Text{EN: "ambulance crews are out", IT: "autisti soccorritori esclusi"},
		Cites: []law.Citation{law.Of(law.Interpello7of2014)},
	},
	Occupation{
		Number: 22, Name: law.Text{EN: "barbers and hairdressers", IT: "barbieri e parrucchieri"},
		Scope: law.Text{EN: "whatever the town's population", IT: "qualunque sia la popolazione del comune"},
		Cites: []law.Citation{law.Of(law.Circ4of2005)},
	},
	Occupation{
		Number: 32, Name: law.Text{EN: "road maintenance", IT: "manutenzione stradale"},
		Scope: law.Text{EN: "ordinary or extraordinary", IT: "ordinaria o straordinaria"},
		Cites: []law.Citation{law.Of(law.Interpello1of2017)},
	},
	Occupation{
		Number: 38, Name: law.Text{EN: "interpreters of hotels and of travel and tourism agencies", IT: "interpreti alle dipendenze di alberghi o di agenzie di viaggio e turistiche"},
		Scope: law.Text{
			EN: "not those with other tasks too, nor interpreters and translators of language schools",
			IT: "esclusi chi ha anche altre mansioni e gli interpreti e traduttori delle scuole di lingue",
		},
		Cites: []law.Citation{law.Of(law.Interpello31of2013)},
	},
	Occupation{Number: 39, Name: law.Text{EN: "presses for the rapid cooling of soap", IT: "presse per il rapido raffreddamento del sapone"}, Cites: []law.Citation{law.Of(law.RD1833of1931)}},
	Occupation{
		Number: 43, Name: law.Text{
			EN: "artists of theatre, cinema and television, workers at the shows, operators, photographers, interviewers",
			IT: "artisti di teatro, cinema e televisione, addetti agli spettacoli, operatori, fotografi, intervistatori",
		},
		Scope: law.Text{
			EN: "also without teaching aims and for non-profit employers; technicians working during the event are in, fitters of stages and stands out",
			IT: "anche senza fini didattici e per datori non profit; tecnici durante l'evento compresi, allestitori di palchi e stand esclusi",
		},
		Cites: []law.Citation{law.Of(law.DPR517of1976), law.Of(law.Interpello7of2013), law.Of(law.Interpello7of2014), law.Of(law.Letter5286of2014)},
	},
	Occupation{
		Number: 46, Name: law.Text{EN: "decorators for civil or religious ceremonies", IT: "addobbatori per cerimonie civili o religiose"},
		Scope: law.Text{EN: "fitters of stands are out", IT: "allestitori di stand esclusi"},
		Cites: []law.Citation{law.Of(law.Interpello7of2014)},
	},
)
