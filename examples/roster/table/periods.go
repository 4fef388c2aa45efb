package table

import (
	"strings"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/examples/sheet"
)

// weekdays are the first three letters of the days of the week, from Monday.
var weekdays = map[string]int{
	"lun": 1, "mar": 2, "mer": 3, "gio": 4, "ven": 5, "sab": 6, "dom": 7,
	"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7,
}

// periods reads the periods of a collective agreement, parted by commas: of every
// year, "01/06-30/09", or of every week, "ven 13:00-lun 06:00" or "sab-dom".
func periods(r *sheet.Row) (list []eligibility.Period) {
	text := r.Text("periods")
	if text == "" {
		return nil
	}
	for s := range strings.SplitSeq(text, ",") {
		from, to, _ := strings.Cut(s, "-")
		var p eligibility.Period
		a, yearly := dayOfYear(from)
		b, too := dayOfYear(to)
		if yearly && too {
			p.EveryYear = eligibility.Yearly{From: a, To: b}
		} else {
			x, weekly := timeOfWeek(from)
			y, too := timeOfWeek(to)
			if !weekly || !too {
				r.Refuse("periods", because("not periods as 01/06-30/09 or fri 13:00-mon 06:00", "non sono periodi come 01/06-30/09 o ven 13:00-lun 06:00"))
				return nil
			}
			p.Week = eligibility.Weekly{From: x, To: y}
		}
		list = append(list, p)
	}
	return list
}

// dayOfYear reads a day and a month: 01/06.
func dayOfYear(s string) (eligibility.MonthDay, bool) {
	d, why := sheet.ParseDay(strings.TrimSpace(s) + "/2024") // a leap year
	if why != (sheet.Cause{}) {
		return eligibility.MonthDay{}, false
	}
	_, m, day := d.Date()
	return eligibility.MonthDay{Month: m, Day: day}, true
}

// timeOfWeek reads a day of the week, perhaps with a time.
func timeOfWeek(s string) (eligibility.WeekTime, bool) {
	words := strings.Fields(strings.ToLower(s))
	if len(words) < 1 || len(words) > 2 {
		return eligibility.WeekTime{}, false
	}
	name := []rune(words[0])
	t := eligibility.WeekTime{Day: weekdays[string(name[:min(3, len(name))])]}
	if len(words) == 2 {
		hour, minute, _, why := sheet.ParseClock(words[1])
		if why != (sheet.Cause{}) {
			return t, false
		}
		t.Time = eligibility.ClockOf(hour, minute)
	}
	return t, t.Day != 0
}
