package examples_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"
)

// story writes questions and answers as a lawyer reads them: testdata/*.md.
type story struct {
	*testing.T
	strings.Builder
}

// tell runs a story and compares it with its file.
func tell(t *testing.T, file string, title, facts law.Text, ask func(s *story)) {
	t.Helper()
	s := &story{T: t}
	_, _ = fmt.Fprintf(s, "# %s · %s\n\n%s\n\n*%s*\n", title.EN, title.IT, facts.EN, facts.IT)
	ask(s)
	lawtest.Golden(t, file, s.String())
}

// answered writes a question, its verdict, what failed or is missing with its sources, and
// other lines of the answer.
func (s *story) answered(en, it string, j law.Judgment, lines ...law.Text) {
	_, _ = fmt.Fprintf(s, "\n## %s · %s\n\n**%s · %s**\n", en, it, j.Verdict.Label().EN, j.Verdict.Label().IT)
	for _, line := range lines {
		_, _ = fmt.Fprintf(s, "\n- %s\n  *%s*\n", line.EN, line.IT)
	}
	for _, c := range j.Checks {
		if c.Outcome != law.Fail && c.Outcome != law.Undetermined {
			continue
		}
		kind := c.Outcome.Label()
		if c.Outcome == law.Fail {
			kind = c.Severity().Label()
		}
		cites := make([]string, len(c.Cites()))
		for i, cite := range c.Cites() {
			cites[i] = cite.String()
		}
		_, _ = fmt.Fprintf(s, "\n- %s (`%s`): %s\n  *%s: %s*\n  %s\n", kind.EN, c.Rule(), c.Text().EN, kind.IT, c.Text().IT, strings.Join(cites, "; "))
	}
}

// inOrder is a contract with every fact told, and the given activity.
func inOrder(birth, signed string, activity eligibility.Activity) eligibility.Contract {
	day := law.MustDay(signed)
	return eligibility.Contract{
		Birth: law.MustDay(birth), Signed: day, Work: law.Span{First: day + 1}, Activity: activity,
		Agreement: eligibility.CollectiveAgreement{Needs: law.No, Bans: law.No},
		Employer:  eligibility.Employer{PublicAdministration: law.No, RiskAssessment: law.Yes},
		Unit:      eligibility.Unit{ReplacesStrikers: law.No, CollectiveDismissals: []eligibility.Dismissal{}, Suspensions: []eligibility.Suspended{}},
		Terms: eligibility.Terms{
			Written: law.Yes, Duty: law.No, Elements: eligibility.ElementsNeeded(day, law.No), Notice: &eligibility.Notice{Hours: 12},
			HireNotice: law.RomeMidnight(day).Add(10 * time.Hour), UnionRepresentatives: law.No,
		},
	}
}

func clock(t *testing.T, day string, hour int) time.Time {
	t.Helper()
	at, err := law.RomeClock(law.MustDay(day), hour, 0)
	require.NoError(t, err)
	return at
}

// notSector is an employer to whom the cap applies, whatever its trade.
func notSector(ateco string) limits.Employer {
	return limits.Employer{ATECO: ateco, ATECOVersion: 2007, SectorActivity: law.No, SectorAgreement: law.No}
}

func TestNightPorter(t *testing.T) {
	tell(t, "night-porter.md", law.Text{EN: "The night porter", IT: "Il portiere di notte"}, law.Text{
		EN: "A company that looks after buildings calls a porter of 46 years for nights from 22:00 to 06:00. He has worked every night from 1 February 2025 to 5 March 2026: 398 shifts, each across midnight.",
		IT: "Una società che gestisce immobili chiama un portiere di 46 anni per notti dalle 22 alle 6. Ha lavorato ogni notte dal 1° febbraio 2025 al 5 marzo 2026: 398 turni, tutti oltre la mezzanotte.",
	}, func(s *story) {
		var sheet []law.Shift
		for d := range (law.Span{First: law.MustDay("2025-02-01"), Last: law.MustDay("2026-03-05")}).All() {
			start := law.RomeMidnight(d).Add(22 * time.Hour)
			sheet = append(sheet, law.Shift{Worker: "RSSMRA80A01H501U", Start: start, End: start.Add(8 * time.Hour)})
		}
		worked, nights := law.DaysWorked(sheet)
		c := preflight.Case{
			Now: clock(t, "2026-03-06", 9), Start: clock(t, "2026-03-06", 22), End: clock(t, "2026-03-07", 6),
			Worker:   preflight.Worker{Code: "RSSMRA80A01H501U"},
			Contract: inOrder("1980-01-01", "2025-01-30", eligibility.Item(3)), Employer: notSector("81.10.00"),
			Worked: limits.LedgerOf(worked), AcrossMidnight: limits.LedgerOf(nights), Channel: calls.ChannelPortal,
		}
		c.Contract.Birth = 0 // the worker's code tells it
		run := func(en, it string, c preflight.Case) {
			r, err := preflight.Run(c)
			require.NoError(s, err)
			var lines []law.Text
			if r.NextFree != 0 {
				lines = append(lines, law.Say("The first day safe by every reading is %s.", "Il primo giorno sicuro secondo ogni lettura è il %s.", r.NextFree))
			}
			s.answered(en, it, r.Judgment, lines...)
		}
		run("May he be called for the night of 6 March?", "Può essere chiamato per la notte del 6 marzo?", c)
		c.Worked, c.AcrossMidnight = c.Worked.With(law.MustDay("2026-03-06")), c.AcrossMidnight.With(law.MustDay("2026-03-06"))
		c.Now, c.Start, c.End = c.Now.AddDate(0, 0, 1), c.Start.AddDate(0, 0, 1), c.End.AddDate(0, 0, 1)
		run("And for the next one, which is the 400th?", "E per quella dopo, la 400ª?", c)
		c.Worked, c.AcrossMidnight = c.Worked.With(law.MustDay("2026-03-07")), c.AcrossMidnight.With(law.MustDay("2026-03-07"))
		c.Now, c.Start, c.End = c.Now.AddDate(0, 0, 1), c.Start.AddDate(0, 0, 1), c.End.AddDate(0, 0, 1)
		run("And for the 401st?", "E per la 401ª?", c)

		row := calls.Row{Worker: "RSSMRA80A01H501U", First: law.MustDay("2026-03-06"), Start: clock(t, "2026-03-06", 22)}
		sent := calls.Communication{
			Kind: calls.KindCall, Channel: calls.ChannelPortal, Sent: clock(t, "2026-03-06", 9), Employer: "00000010017", Rows: calls.Rows{row},
		}
		account, err := calls.Reconcile(calls.Reconciliation{
			Communications: calls.Communications{sent}, AsOf: clock(t, "2026-03-20", 12),
			Worked: calls.ShiftsOf([]law.Shift{{Worker: row.Worker, Start: row.Start, End: clock(t, "2026-03-07", 6)}}),
		})
		require.NoError(s, err)
		s.answered("The night of 6 March was communicated, 7 March was not: is it covered?",
			"La notte del 6 marzo è stata comunicata, il 7 marzo no: è coperta?", account.Judgment)
	})
}

func TestWeekendWaiter(t *testing.T) {
	tell(t, "weekend-waiter.md", law.Text{EN: "The weekend waiter", IT: "Il cameriere del fine settimana"}, law.Text{
		EN: "A villa for receptions takes on a man of 35 who serves and parks the guests' cars: no item of the table of 1923 describes it. The collective agreement of the representative unions admits calls from Friday 13:00 to Monday 06:00.",
		IT: "Una villa per ricevimenti assume un uomo di 35 anni che serve e parcheggia le auto degli ospiti: nessuna voce della tabella del 1923 lo descrive. Il contratto collettivo dei sindacati rappresentativi ammette chiamate dal venerdì alle 13 al lunedì alle 6.",
	}, func(s *story) {
		c := inOrder("1991-04-02", "2026-06-01", eligibility.Item(0))
		c.Agreement.Representative = law.Yes
		c.Agreement.Periods = []eligibility.Period{{Week: eligibility.Weekly{
			From: eligibility.WeekTime{Day: 5, Time: eligibility.ClockOf(13, 0)}, To: eligibility.WeekTime{Day: 1, Time: eligibility.ClockOf(6, 0)},
		}}}
		ask := func(en, it string, from, to time.Time) {
			c.OnStart, c.OnEnd = from, to
			a, err := eligibility.Assess(c)
			require.NoError(s, err)
			s.answered(en, it, a.Judgment)
		}
		ask("Friday 10 July from 13:00 to 23:00?", "Venerdì 10 luglio dalle 13 alle 23?", clock(t, "2026-07-10", 13), clock(t, "2026-07-10", 23))
		ask("The same Friday from noon?", "Lo stesso venerdì da mezzogiorno?", clock(t, "2026-07-10", 12), clock(t, "2026-07-10", 20))
		ask("Sunday night to Monday at 06:00?", "La notte di domenica fino a lunedì alle 6?", clock(t, "2026-07-12", 22), clock(t, "2026-07-13", 6))
		ask("Sunday night to Monday at 07:00?", "La notte di domenica fino a lunedì alle 7?", clock(t, "2026-07-12", 22), clock(t, "2026-07-13", 7))
		c.Agreement.Representative = law.No
		ask("And if the unions of the agreement are not representative?", "E se i sindacati del contratto non sono rappresentativi?",
			clock(t, "2026-07-10", 13), clock(t, "2026-07-10", 23))
	})
}

func TestBarBecomesAShop(t *testing.T) {
	tell(t, "bar-to-shop.md", law.Text{EN: "The bar that became a shop", IT: "Il bar diventato negozio"}, law.Text{
		EN: "An employer ran a bar until 31 December 2024 and runs a clothes shop since. One worker was called on 450 days of the bar, from 1 June 2023 to 23 August 2024, and on 30 days of the shop, in January 2025.",
		IT: "Un datore ha gestito un bar fino al 31 dicembre 2024 e da allora un negozio di abbigliamento. Un lavoratore è stato chiamato per 450 giornate nel bar, dal 1° giugno 2023 al 23 agosto 2024, e per 30 nel negozio, a gennaio 2025.",
	}, func(s *story) {
		q := limits.Question{
			Worked: limits.LedgerOf(law.Days{
				{First: law.MustDay("2023-06-01"), Last: law.MustDay("2024-08-23")}, {First: law.MustDay("2025-01-02"), Last: law.MustDay("2025-01-31")},
			}),
			Employer:        notSector("47.71.10"),
			EmployerHistory: []limits.EmployerPeriod{{Span: law.Span{Last: law.MustDay("2024-12-31")}, Employer: limits.Employer{ATECO: "56.30.00", ATECOVersion: 2007}}},
		}
		q.EmployerHistory[0].Span.First = law.MustDay("2015-01-01")
		ask := func(en, it string, on date.Date) {
			q.On = on
			a, err := limits.Assess(q)
			require.NoError(s, err)
			lines := []law.Text{law.Say("Days worked in the three years: %d, of which %d while exempt.", "Giornate lavorate nel triennio: %d, di cui %d in regime di esenzione.", a.Worked, a.Exempt)}
			if a.NextFree != 0 {
				lines = append(lines, law.Say("The first day safe by every reading is %s.", "Il primo giorno sicuro secondo ogni lettura è il %s.", a.NextFree))
			}
			s.answered(en, it, a.Judgment, lines...)
		}
		ask("31 August 2024, in the bar?", "31 agosto 2024, nel bar?", law.MustDay("2024-08-31"))
		ask("1 February 2025, in the shop?", "1° febbraio 2025, nel negozio?", law.MustDay("2025-02-01"))
		ask("1 September 2026, in the shop?", "1° settembre 2026, nel negozio?", law.MustDay("2026-09-01"))
		q.EmployerHistory = nil
		ask("And 1 February 2025 if it had always been a shop?", "E il 1° febbraio 2025 se fosse sempre stato un negozio?", law.MustDay("2025-02-01"))
	})
}

func TestSeasonalHotel(t *testing.T) {
	tell(t, "seasonal-hotel.md", law.Text{EN: "The seasonal hotel over five summers", IT: "L'albergo stagionale per cinque estati"}, law.Text{
		EN: "A hotel by the sea opens from 15 May to 15 October. On 2 May 2022 it takes on a gardener of 38, whom no item of the table describes, with an open-ended on-call contract; the collective agreement of the representative unions admits the season of every year. He is called on every day of it, five years on.",
		IT: "Un albergo al mare apre dal 15 maggio al 15 ottobre. Il 2 maggio 2022 assume un giardiniere di 38 anni, che nessuna voce della tabella descrive, con contratto intermittente a tempo indeterminato; il contratto collettivo dei sindacati rappresentativi ammette la stagione di ogni anno. È chiamato per tutti i suoi giorni, per cinque anni.",
	}, func(s *story) {
		c := inOrder("1984-03-03", "2022-05-02", eligibility.Item(0))
		c.Terms.Notice = &eligibility.Notice{WorkingDays: 1} // the law of that day
		c.Agreement.Representative = law.Yes
		c.Agreement.Periods = []eligibility.Period{{EveryYear: eligibility.Yearly{
			From: eligibility.MonthDay{Month: time.May, Day: 15}, To: eligibility.MonthDay{Month: time.October, Day: 15},
		}}}
		a, err := eligibility.Assess(c)
		require.NoError(s, err)
		lines := []law.Text{}
		for _, span := range a.LawfulSpans {
			lines = append(lines, law.Say("lawful: %s", "giorni leciti: %s", span))
		}
		s.answered("May the contract exist, and on which days?", "Il contratto può esistere, e per quali giorni?", a.Judgment, lines...)
		c.On = law.MustDay("2026-10-16")
		a, err = eligibility.Assess(c)
		require.NoError(s, err)
		s.answered("The day after the fifth season?", "Il giorno dopo la quinta stagione?", a.Judgment)

		var season law.Days
		for year := 2022; year <= 2026; year++ {
			season = append(season, law.Span{First: date.New(year, time.May, 15), Last: date.New(year, time.October, 15)})
		}
		q := limits.Question{Worked: limits.LedgerOf(season), On: law.MustDay("2026-10-15")}
		count := func(en, it string, e limits.Employer) {
			q.Employer = e
			a, err := limits.Assess(q)
			require.NoError(s, err)
			s.answered(en, it, a.Judgment, law.Say("Days worked in the three years before: %d.", "Giornate lavorate prima nel triennio: %d.", a.Worked))
		}
		count("May the last day of the fifth season be worked, by a hotel (ATECO 55.10)?", "L'ultimo giorno della quinta stagione, per un albergo (ATECO 55.10)?",
			limits.Employer{ATECO: "55.10.00", ATECOVersion: 2007})
		count("By the company that owns the walls (ATECO 68.20), and runs the hotel by its agreement?", "Per la società proprietaria dei muri (ATECO 68.20), che gestisce l'albergo e ne applica il contratto?",
			limits.Employer{ATECO: "68.20.01", ATECOVersion: 2007, SectorActivity: law.Yes, SectorAgreement: law.Yes})
		count("By a gardening firm that only applies the agreement of tourism?", "Per una ditta di giardinaggio che del turismo ha solo il contratto collettivo?",
			limits.Employer{ATECO: "81.30.00", ATECOVersion: 2007, SectorActivity: law.No, SectorAgreement: law.Yes})
	})
}
