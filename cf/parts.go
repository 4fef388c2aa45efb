package cf

import (
	"log/slog"
	"strconv"
)

// Part is a stretch of a code and what it says.
type Part struct {
	// Field is a stable word: surname, name, year, month, day, place, control of
	// sixteen characters; number, office, control of eleven digits.
	Field string `json:"field"`
	First int    `json:"first"` // position of its first character, from 1
	Text  string `json:"text"`  // its characters as written
	Name  Text   `json:"name"`  // what the part is
	Says  Text   `json:"says"`  // what its characters say, omocodia undone
}

// LogValue hides the characters and what they say.
func (p Part) LogValue() slog.Value { return slog.StringValue(p.Field) }

// Parts is what [Code.Parts] returns: a list that is masked in a log.
type Parts []Part

// LogValue hides the characters and what they say.
func (ps Parts) LogValue() slog.Value {
	fields := make([]string, len(ps))
	for i, p := range ps {
		fields[i] = p.Field
	}
	return slog.AnyValue(fields)
}

// Parts explains the code to a person, part by part from the left, in both
// languages: the characters of the surname and of the given names, year, month,
// day and sex, place, control letter; of eleven digits the number, the office and
// the control digit. It is empty for the zero value.
func (c Code) Parts() Parts {
	if c.IsZero() {
		return nil
	}
	part := func(field string, first, last int, name, says Text) Part {
		return Part{field, first, string(c.b[first-1 : last]), name, says}
	}
	control := part("control", c.len(), c.len(),
		Text{"control character", "carattere di controllo"},
		Text{"computed from the characters before it", "calcolato sui caratteri che precedono"})
	if !c.isPerson() {
		return c.numberParts(part, control)
	}
	yy, month, day := c.birth()
	year := string([]byte{'0' + byte(yy/10), '0' + byte(yy%10)})
	place := c.Place()
	where := Text{"municipality " + place.String(), "comune " + place.String()}
	if place.Foreign() {
		where = Text{"foreign state " + place.String(), "stato estero " + place.String()}
	}
	number, sex := strconv.Itoa(int(day%40)), c.Sex().Text()
	return Parts{
		part("surname", 1, 3, Text{"surname", "cognome"}, c.nameSays(0,
			Text{"no surname, or one of X alone", "nessun cognome, o uno di sole X"})),
		part("name", 4, 6, Text{"given names", "nome"}, c.nameSays(3,
			Text{"no given name, or one of X alone", "nessun nome, o uno di sole X"})),
		part("year", 7, 8, Text{"year of birth", "anno di nascita"},
			Text{"a year ending in " + year, "un anno che termina con " + year}),
		part("month", 9, 9, Text{"month of birth", "mese di nascita"}, monthNames[month]),
		part("day", 10, 11, Text{"day of birth and sex", "giorno di nascita e sesso"},
			Text{"day " + number + ", " + sex.EN, "giorno " + number + ", " + sex.IT}),
		part("place", 12, 15, Text{"place of birth", "luogo di nascita"}, where),
		control,
	}
}

// nameSays explains the three characters from position at, from 0, of a name.
func (c Code) nameSays(at int, none Text) Text {
	t := string(c.b[at : at+3])
	if t == "XXX" {
		return none
	}
	return Text{"letters " + t + ", consonants first", "lettere " + t + ", prima le consonanti"}
}

var monthNames = [12]Text{
	{"January", "gennaio"}, {"February", "febbraio"}, {"March", "marzo"}, {"April", "aprile"},
	{"May", "maggio"}, {"June", "giugno"}, {"July", "luglio"}, {"August", "agosto"},
	{"September", "settembre"}, {"October", "ottobre"}, {"November", "novembre"}, {"December", "dicembre"},
}

func (c Code) numberParts(part func(string, int, int, Text, Text) Part, control Part) Parts {
	office := string(c.b[7:10])
	says := Text{
		"office " + office + ", which numbers entities and VAT payers",
		"ufficio " + office + ", che numera soggetti diversi da persone fisiche e partite IVA",
	}
	if c.Form() == FormProvisional {
		says = Text{
			"office " + office + ", which gives provisional numbers to natural persons",
			"ufficio " + office + ", che attribuisce numeri provvisori a persone fisiche",
		}
	}
	return Parts{
		part("number", 1, 7, Text{"serial number", "numero di matricola"},
			Text{"the number given by the office", "il numero attribuito dall'ufficio"}),
		part("office", 8, 10, Text{"office", "ufficio"}, says),
		control,
	}
}
