package places_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/places"
	"github.com/rickb777/date/v2"
)

// The official header; the rows are made up.
const (
	header = `"ID","DATAISTITUZIONE","DATACESSAZIONE","CODISTAT","CODCATASTALE","DENOMINAZIONE_IT","DENOMTRASLITTERATA","ALTRADENOMINAZIONE","ALTRADENOMTRASLITTERATA","ID_PROVINCIA","IDPROVINCIAISTAT","IDREGIONE","IDPREFETTURA","STATO","SIGLAPROVINCIA","FONTE","DATAULTIMOAGG","COD_DENOM"`
	rows   = `
2,"1927-01-12","1945-06-30","099001","A801","PRATOVECCHIO","PRATOVECCHIO","","",99,"099","99","","C","XB","","2020-01-01",""
1,"1861-03-17","1927-01-11","098001","A801","PRATO","PRATO","","",98,"098","99","","C","XA","","2020-01-01",""
3,"1950-01-01","9999-12-31","099001","A801","PRATOVECCHIO TERME","PRATOVECCHIO TERME","ALTWIESEN","ALTWIESEN",99,"099","99","XB","A","XB","","2020-01-01",""
4,"1861-03-17","1928-01-25","099002","B802","RIVA","RIVA","","",99,"099","99","","C","XB","","2020-01-01",""
5,"1861-03-17","1928-01-25","099003","B802","MONTE D'ORO","MONTE D'ORO","","",99,"099","99","","C","XB","","2020-01-01",""
6,"1861-03-17","1911-07-04","099004","ND","CAMPO","CAMPO","","",99,"099","99","","C","XB","","2020-01-01",""
7,"1998-02-28","1998-02-28","099005","M803","PIANÈ","PIANE'","","",99,"099","99","","D","XB","I","2020-01-01",""
`
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
