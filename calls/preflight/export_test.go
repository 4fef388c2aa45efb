package preflight

// RepairWork counts the days that the search for repairs of a roster looks at.
func RepairWork(r Roster) (work int) {
	people := r.persons()
	for i := range people {
		p := &people[i]
		judged, _ := p.judge(&r)
		p.repair(&r, judged)
		work += p.looked
	}
	return work
}
