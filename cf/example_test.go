package cf_test

import (
	"errors"
	"fmt"
	"slices"

	"github.com/intermittente/intermittente/cf"
	"github.com/rickb777/date/v2"
)

func Example() {
	c, err := cf.Parse("RSSMRA80A01H501U")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Form(), c.Sex(), c.Place())
	for birth := range c.Births(date.New(2026, 11, 1)) { // the century is not in the code
		fmt.Println(birth)
	}
	// Output:
	// person M H501
	// 1980-01-01
	// 1880-01-01
}

func ExampleParse() {
	_, err := cf.Parse("RSSMRA80A01H501Z")
	var e *cf.Error
	if errors.As(err, &e) {
		fmt.Println(e.Kind, e.Position, string(rune(e.Expected)))
	}
	fmt.Println(err)
	// Output:
	// cf.check 16 U
	// cf: wrong control character at position 16, expected U
}

func ExampleParseLoose() {
	c, err := cf.ParseLoose(" rss mra 80a01 h501 u\n")
	fmt.Println(c, err)
	_, err = cf.ParseLoose("RSS-MRA-80A01-H501-U")
	fmt.Println(err)
	// Output:
	// RSSMRA80A01H501U <nil>
	// cf: a code has 16 characters or 11 digits
}

func ExampleRead() {
	c, changes, err := cf.Read("'rssmra80a01h501u ")
	fmt.Println(c, err)
	fmt.Println(changes.Text().EN)
	fmt.Println(changes.Text().IT)
	// Output:
	// RSSMRA80A01H501U <nil>
	// lower case, blanks, a leading apostrophe
	// lettere minuscole, spazi, un apostrofo iniziale
}

// The days of one worker, whose code a payroll, a portal and a spreadsheet have
// written each in its own way.
func ExampleKeyOf() {
	days := map[cf.Key]int{}
	for _, worker := range []string{"QXJZKW80A01H501J", "qxjzkw80a01h501j", " QXJZKW80A01H50MB", "QXJZKW80A01H501X"} {
		days[cf.KeyOf(worker)]++
	}
	k := cf.KeyOf("QXJZKW80A01H501J")
	fmt.Println(len(days), days[k], k)
	// Output: 2 3 ***************J
}

func ExampleSuggest() {
	for _, c := range cf.Suggest("RSSMRA8OAO1H5O1U") { // O for every zero
		fmt.Println(c)
	}
	// Output: RSSMRA80A01H501U
}

func ExampleCode_Parts() {
	for _, p := range cf.MustParse("QXJZKW80A41H501N").Parts() {
		fmt.Printf("%-4s %s: %s\n", p.Text, p.Name.IT, p.Says.IT)
	}
	// Output:
	// QXJ  cognome: lettere QXJ, prima le consonanti
	// ZKW  nome: lettere ZKW, prima le consonanti
	// 80   anno di nascita: un anno che termina con 80
	// A    mese di nascita: gennaio
	// 41   giorno di nascita e sesso: giorno 1, femmina
	// H501 luogo di nascita: comune H501
	// N    carattere di controllo: calcolato sui caratteri che precedono
}

func ExampleCode_Order() {
	codes := []cf.Code{cf.MustParse("RSSMRA80A01H501U"), cf.MustParse("00000010157")}
	slices.SortFunc(codes, cf.Code.Order)
	fmt.Println(codes)
	// Output: [00000010157 RSSMRA80A01H501U]
}

func ExampleError_Text() {
	_, err := cf.Parse("RSSMRA80A01H501Z")
	var e *cf.Error
	if errors.As(err, &e) {
		fmt.Println(e.Text().IT)
	}
	// Output: carattere di controllo errato alla posizione 16, atteso U
}

func ExampleValid() {
	fmt.Println(cf.Valid("RSSMRA80A01H501U"), cf.Valid("rssmra80a01h501u"))
	// Output: true false
}

func ExampleStatusOf() {
	for _, registered := range []string{"RSSMRA80A01H501U", "", "01234569000", "RSSMRA80A01H501Z"} {
		fmt.Println(cf.StatusOf(registered))
	}
	// Output:
	// valid
	// missing
	// provisional
	// wrong
}

func ExampleCode_Canonical() {
	c, _ := cf.Parse("QXJZKWULALMHRLMS") // every digit written as a letter
	fmt.Println(c.Omocode(), c.Place(), c.Canonical())
	// Output: true H501 QXJZKW80A01H501J
}

func ExampleCode_Omocodes() {
	c, _ := cf.Parse("QXJZKW80A01H501J")
	n := 0
	for o := range c.Omocodes() {
		if n++; n <= 3 {
			fmt.Println(o, o.Same(c))
		}
	}
	fmt.Println(n)
	// Output:
	// QXJZKW80A01H50MB true
	// QXJZKW80A01H5L1U true
	// QXJZKW80A01H5LMM true
	// 127
}

func ExampleCode_Mask() {
	c, _ := cf.Parse("RSSMRA80A01H501U")
	fmt.Println(c.Mask())
	// Output: ***************U
}

func ExampleParsePlace() {
	p, err := cf.ParsePlace("Z112")
	fmt.Println(p, p.Foreign(), err)
	// Output: Z112 true <nil>
}

func ExampleCompute() {
	rome, _ := cf.ParsePlace("H501")
	p := cf.Person{Surname: "Rossi", Name: "Mario", Birth: date.New(1980, 1, 1), Sex: cf.Male, Place: rome}
	fmt.Println(cf.Compute(p))

	p.Name = "李"
	_, err := cf.Compute(p)
	fmt.Println(err)
	// Output:
	// RSSMRA80A01H501U <nil>
	// cf: name cannot be used
}

// A person who has no surname, as the civil register writes it.
func ExampleName() {
	state, _ := cf.ParsePlace("Z222")
	p := cf.Person{Surname: cf.NoName, Name: "Amarpal Kaur", Birth: date.New(1991, 3, 14), Sex: cf.Female, Place: state}
	fmt.Println(cf.Compute(p))

	p.Surname = "" // not told
	_, err := cf.Compute(p)
	fmt.Println(err)
	// Output:
	// XXXMPL91C54Z222V <nil>
	// cf: surname is missing
}

func ExampleCode_Compare() {
	c, _ := cf.Parse("RSSMRA80A01H501U")
	m := c.Compare(cf.Person{Surname: "Rossi", Name: "Marco", Birth: date.New(1980, 1, 1)})
	fmt.Println(m.Surname, m.Name, m.Birth, m.Sex, m.Same)
	// Output: equal different equal not-given false
}
