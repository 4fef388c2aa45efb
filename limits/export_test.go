package limits

// What the golden file of the parameters lists.
var (
	CapDays       = capDays
	FirstCounted  = firstCounted
	LawFrom       = lawFrom
	Alike         = alike
	HeadcountFrom = headcountFrom
)

const (
	WindowYears    = windowYears
	SemesterMonths = semesterMonths
	SemesterWeeks  = semesterWeeks
	ShareDecimals  = shareDecimals
)
