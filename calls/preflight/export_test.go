package preflight

// RepairWork counts the days that the search for repairs of a roster looks at, and judges.
func RepairWork(r Roster) (looked, judged int) {
	people := r.persons()
	for i := range people {
		p := &people[i]
		list, _ := p.judge(&r)
		p.repair(&r, list)
		looked, judged = looked+p.looked, judged+p.judged
	}
	return looked, judged
}
