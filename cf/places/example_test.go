package places_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/places"
	"github.com/rickb777/date/v2"
)

func ExampleRead() {
	// In a program: the archive as published, opened with os.Open.
	archive := strings.NewReader(header + rows)
	register, err := places.Read(archive)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(register.Rows(), "rows,", register.Uncoded(), "without a code")

	c, _ := cf.Parse("QXJZKW40A01A801Y")
	birth := date.New(1940, 1, 1)
	fmt.Println(register.Known(c.Place()), register.InForce(c.Place(), birth))
	for era := range register.On(c.Place(), birth) {
		fmt.Println(era.Name, era.Province)
	}
	// Output:
	// 7 rows, 1 without a code
	// true true
	// PRATOVECCHIO XB
}

// A payroll that stores "born in" as text.
func ExampleRegister_Resolve() {
	archive, err := places.Read(strings.NewReader(header + rows)) // in a program: the official file
	if err != nil {
		fmt.Println(err)
		return
	}
	abroad, err := places.ReadStates(strings.NewReader("code,name,end_hint\nZ900,Terranova,\nZ901,Terranova,1990-12-31\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	register := archive.Join(abroad)
	fmt.Println(register.Resolve(places.Birthplace{Name: "Pratovecchio", Province: "XB"}, date.New(1940, 1, 1)))

	_, err = register.Resolve(places.Birthplace{Name: "Terranova"}, date.New(1980, 1, 1))
	var open *places.Unresolved
	if errors.As(err, &open) {
		fmt.Println(open.Text().EN)
		for _, era := range open.Candidates {
			fmt.Println(era.Place, era.Name, era.Ceased)
		}
	}
	// Output:
	// A801 <nil>
	// 2 places of birth have this name: the province, or the code of the place, is needed
	// Z900 Terranova false
	// Z901 Terranova true
}

func ExampleRegister_Compute() {
	register, err := places.Read(strings.NewReader(header + rows))
	if err != nil {
		fmt.Println(err)
		return
	}
	p := cf.Person{Surname: "Rossi", Name: "Mario", Birth: date.New(1960, 1, 1), Sex: cf.Male}
	c, err := register.Compute(p, places.Birthplace{Name: "Pratovecchio Terme"})
	fmt.Println(c, err)
	fmt.Println(register.Compare(c, p, places.Birthplace{Name: "Altwiesen"}).Place) // in the other language
	// Output:
	// RSSMRA60A01A801P <nil>
	// equal
}
