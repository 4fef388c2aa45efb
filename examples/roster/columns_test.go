package main

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// withColumn adds a column to the one row of a file of the least folder.
func withColumn(name, column, value string) map[string]string {
	lines := strings.Split(strings.TrimSpace(least[name]), "\n")
	return map[string]string{name: lines[0] + ";" + column + "\n" + lines[1] + ";" + value + "\n"}
}

// A shift ends at a time, on its day or the next, or at an instant.
func TestEnd(t *testing.T) {
	for end, want := range map[string]string{
		"": "", "12:30": "2025-02-22 12:30", "8.00": "2025-02-23 08:00", "9:00": "2025-02-23 09:00", "22/02/2025 18:00": "2025-02-22 18:00",
		"23/02/2025 09:01": "not within", "22/02/2025 09:00": "not within", "noon": "not a day and a time",
	} {
		b, bad := loaded(withColumn("calls.csv", "end", end))
		switch {
		case want == "":
			require.Empty(t, bad, end)
			assert.Zero(t, b.calls[0].End)
		case strings.HasPrefix(want, "not"):
			require.Len(t, bad, 1, end)
			assert.Contains(t, bad[0].Error(), "calls.csv:2: end: "+want)
		default:
			require.Empty(t, bad, end)
			assert.Equal(t, want, b.calls[0].End.Format("2006-01-02 15:04"), end)
		}
	}
}

// The second day of a shift past midnight counts in the stricter reading.
func TestAcrossMidnight(t *testing.T) {
	const days = "worker;employer;first;last;across_midnight\nada;shop;2024-01-19;2025-02-20;no\n" // 399
	for night, want := range map[string]law.Verdict{"no": law.VerdictClear, "yes": law.VerdictDoubt} {
		worked := strings.Replace(days, "2025-02-20;no", "2025-02-19;no\nada;shop;2025-02-20;;"+night, 1)
		f := judged(map[string]string{"worked.csv": worked})
		assert.Equal(t, want, f.Employers[0].Calls[0].Verdict, night)
	}
}

// Two keys are one person also where one of them tells the code of the other, in
// whatever order.
func TestAlso(t *testing.T) {
	days := "worker;employer;first;last\nada;shop;2024-01-12;2024-08-01\nzoe;shop;2024-08-02;2025-02-18\n"
	for _, workers := range []string{
		"worker;code;also\nada;RSSDAA64C41H501M;00987659000\nzoe;00987659000;\n",
		"worker;code;also\nada;RSSDAA64C41H501M;\nzoe;00987659000;rssdaa64c41h501m\n",
		"worker;code;also\nada;RSSDAA64C41H501M;\nzoe;00987659000;\nthird;;00987659000, RSSDAA64C41H501M\n",
	} {
		f := judged(map[string]string{"workers.csv": workers, "worked.csv": days})
		assert.Equal(t, law.VerdictBreach, f.Employers[0].Calls[0].Verdict, workers)
	}
}

// The sector may have been another one before: its days are then in doubt.
func TestSectorBefore(t *testing.T) {
	head := "employer;name;code;ateco;ateco_version;sector_activity;sector_agreement;sector_from;sector_before;public_administration;risk_assessment;replaces_strikers;collective_dismissals;suspensions\n"
	row := "shop;Shop;07155300580;47.71.10;2007;no;no;FROM;BEFORE;no;yes;no;no;no\n"
	worked := "worker;employer;first;last\nada;shop;2024-01-12;2025-02-18\n"
	for c, want := range map[[2]string]law.Verdict{
		{"", ""}: law.VerdictBreach, {"2024-06-01", "yes"}: law.VerdictDoubt, {"2024-06-01", "no"}: law.VerdictBreach,
	} {
		text := strings.NewReplacer("FROM", c[0], "BEFORE", c[1]).Replace(row)
		f := judged(map[string]string{"employers.csv": head + text, "worked.csv": worked})
		assert.Equal(t, want, f.Employers[0].Calls[0].Verdict, c)
	}
	_, bad := loaded(map[string]string{"employers.csv": head + strings.NewReplacer("FROM", "2024-06-01", "BEFORE", "").Replace(row)})
	assert.Equal(t, []string{"employers.csv:2: sector_from: sector_from and sector_before go together"}, told(bad))
}

// Periods come back every year, or every week.
func TestPeriods(t *testing.T) {
	at := func(day int, clock string) eligibility.WeekTime {
		w := eligibility.WeekTime{Day: day}
		if clock != "" {
			require.NoError(t, w.Time.UnmarshalText([]byte(clock)))
		}
		return w
	}
	for text, want := range map[string][]eligibility.Period{
		"":                      nil,
		"01/06-30/09":           {{EveryYear: eligibility.Yearly{From: eligibility.MonthDay{Month: 6, Day: 1}, To: eligibility.MonthDay{Month: 9, Day: 30}}}},
		"29/2 - 1/3":            {{EveryYear: eligibility.Yearly{From: eligibility.MonthDay{Month: 2, Day: 29}, To: eligibility.MonthDay{Month: 3, Day: 1}}}},
		"sabato-dom":            {{Week: eligibility.Weekly{From: at(6, ""), To: at(7, "")}}},
		"fri 13:00-lunedì 6.00": {{Week: eligibility.Weekly{From: at(5, "13:00"), To: at(1, "06:00")}}},
		"1/12-6/1,sab-dom": {
			{EveryYear: eligibility.Yearly{From: eligibility.MonthDay{Month: 12, Day: 1}, To: eligibility.MonthDay{Month: 1, Day: 6}}},
			{Week: eligibility.Weekly{From: at(6, ""), To: at(7, "")}},
		},
	} {
		b, bad := loaded(withColumn("contracts.csv", "periods", text))
		require.Empty(t, bad, text)
		assert.Equal(t, want, b.contracts[pair{"ada", "shop"}][0].Agreement.Periods, text)
	}
	for _, text := range []string{"30/02-01/03", "estate", "sab 25:00-dom", "01/06-dom", "sab", "x-y", ","} {
		_, bad := loaded(withColumn("contracts.csv", "periods", text))
		assert.Equal(t, []string{"contracts.csv:2: periods: not periods as 01/06-30/09 or fri 13:00-mon 06:00"}, told(bad), text)
	}
}

// The facts of a contract that a consultant has reach the rules.
func TestContractFacts(t *testing.T) {
	b, bad := loaded(map[string]string{"contracts.csv": "worker;employer;signed;first;hire_notified;union_representatives;union_informed;agreement_representative\n" +
		"ada;shop;2024-01-10;2024-01-12;no;sì;2024-12-01;sì\n"})
	require.Empty(t, bad)
	c := b.contracts[pair{"ada", "shop"}][0]
	assert.Equal(t, law.No, c.Terms.HireNotified)
	assert.Equal(t, law.Yes, c.Terms.UnionRepresentatives)
	assert.Equal(t, law.MustDay("2024-12-01"), c.Terms.UnionInformed)
	assert.Equal(t, law.Yes, c.Agreement.Representative)
}

// A worker typed twice, as a spreadsheet has it, has one allowance: half of dario's
// days and calls stand under another key, with the contract written again.
func TestTwoKeysOfAnOffice(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range []string{"employers.csv", "workers.csv", "contracts.csv", "worked.csv", "calls.csv"} {
		text, err := fs.ReadFile(sample, "sample/"+name)
		require.NoError(t, err)
		var b strings.Builder
		n := 0
		for l := range strings.Lines(string(text)) {
			other := strings.Replace(l, "dario;", "dario2;", 1)
			switch {
			case !strings.HasPrefix(l, "dario;"):
				b.WriteString(l)
			case name == "workers.csv" || name == "contracts.csv":
				b.WriteString(l + other)
			default:
				if n++; n%2 == 0 {
					l = other
				}
				b.WriteString(l)
			}
		}
		files[name] = &fstest.MapFile{Data: []byte(b.String())}
	}
	book, bad := load(files, nil)
	assert.Equal(t, []string{
		"workers.csv:6: code: the same person as in a row above: their days and calls are counted together",
		"contracts.csv:6: worker: the same row again",
	}, told(bad))
	var got []law.Verdict
	for _, c := range book.judge(morning, bad).Employers[0].Calls {
		if c.Worker == "dario" {
			got = append(got, c.Verdict)
		}
	}
	assert.Equal(t, []law.Verdict{law.VerdictClear, law.VerdictClear, law.VerdictBreach, law.VerdictBreach}, got)
}

// A wrong code of the employer is told also where every call goes by text message.
func TestEmployerCodeBySMS(t *testing.T) {
	files := edit(t, "employers.csv", "07155300580", "07155300581")
	files["calls.csv"] = "worker;employer;start;channel\nada;shop;2025-02-20 18:00;sms\n"
	f := judged(files)
	assert.Equal(t, law.VerdictBreach, f.Employers[0].Calls[0].Verdict)
	assert.False(t, f.Employers[0].Calls[0].Stands)
}
