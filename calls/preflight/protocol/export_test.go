package protocol

// Entry is one question for the tests: its name and zero values of its Go types.
type Entry struct {
	Name    string
	In, Out any
}

// Entries lists the questions.
func Entries() []Entry {
	var list []Entry
	for _, e := range entries {
		list = append(list, Entry{e.name, e.in, e.out})
	}
	return list
}
