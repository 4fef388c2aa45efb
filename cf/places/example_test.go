package places_test

import (
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
