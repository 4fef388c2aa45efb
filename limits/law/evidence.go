package law

import "github.com/rickb777/date/v2"

// Evidence grades what the authors read of a value or a source before they wrote it
// down. The zero value is [EvidenceAssumed].
type Evidence uint8

// The grades, weakest first.
const (
	EvidenceAssumed   Evidence = iota // nothing was found; it is what the authors know or infer
	EvidenceSecondary                 // pages of others agree on it
	EvidenceOfficial                  // a public body's own page, circular or note states it
	EvidenceText                      // the words of the act itself were read
)

// String returns the word used in JSON.
func (e Evidence) String() string { return Word(e, "assumed", "secondary", "official", "text") }

// Label names the grade for a reader.
func (e Evidence) Label() Text {
	return [...]Text{
		{"assumed", "presunto"}, {"secondary sources", "fonti secondarie"},
		{"official source", "fonte ufficiale"}, {"text of the act", "testo dell'atto"},
	}[min(e, EvidenceText)]
}

// MarshalText returns the word used in JSON.
func (e Evidence) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the word used in JSON.
func (e *Evidence) UnmarshalText(b []byte) (err error) {
	*e, err = ParseWord[Evidence](string(b), "assumed", "secondary", "official", "text")
	return err
}

// Evidence returns the best that was read of the act. The entry of a value or a rule
// says it of the words cited there, which may be less.
func (a Act) Evidence() Evidence { return readings[a].evidence }

// Read returns the day on which the act, or pages about it, were last read; zero when
// nothing was.
func (a Act) Read() date.Date { return readings[a].read }

// reading is what was read of an act, and when.
type reading struct {
	evidence Evidence
	read     date.Date
}

// The days on which the sources were gone through.
var (
	first = date.New(2026, 11, 21) // for the first edition
	audit = date.New(2026, 11, 26) // again, against other public sources
)

// readings grades the acts. An act without an entry is assumed: nothing was read of
// L. 260/1949, L. 604/1966, D.P.R. 917/1986, D.Lgs. 165/2001, L. 221/2012 and the ATECO
// classifications themselves.
var readings = map[Act]reading{
	// The words of the act, on the pages of the Gazzetta Ufficiale, of Normattiva or of
	// the body that issued it.
	RD1833of1931:  {EvidenceText, first},
	DLgs276of2003: {EvidenceText, audit},
	DLgs81of2015:  {EvidenceText, audit},
	DLgs104of2022: {EvidenceText, audit},
	L151of2025:    {EvidenceText, audit},
	DM10March2004: {EvidenceText, audit},
	DM30Dec2004:   {EvidenceText, first},
	DI27March2013: {EvidenceText, audit},
	PortalGuide:   {EvidenceText, first},
	SMSGuide:      {EvidenceText, first},
	OnCallForm:    {EvidenceText, first},

	// A page of a public body, or the words of another act that says the same.
	L977of1967:      {EvidenceOfficial, audit},
	DLgs626of1994:   {EvidenceOfficial, audit},
	DLgs152of1997:   {EvidenceOfficial, first},
	DLgs345of1999:   {EvidenceOfficial, audit},
	DLgs181of2000:   {EvidenceOfficial, audit},
	L99of2013:       {EvidenceOfficial, audit},
	DM23October2004: {EvidenceOfficial, audit},
	INPS2382of2024:  {EvidenceOfficial, audit},

	// Pages of others: commentators, associations, newspapers, collections of law.
	CivilCode:          {EvidenceSecondary, first},
	RD2657of1923:       {EvidenceSecondary, audit},
	DPR517of1976:       {EvidenceSecondary, first},
	L689of1981:         {EvidenceSecondary, first},
	DL463of1983:        {EvidenceSecondary, first},
	L223of1991:         {EvidenceSecondary, first},
	DL510of1996:        {EvidenceSecondary, audit},
	DLgs66of2003:       {EvidenceSecondary, first},
	DLgs124of2004:      {EvidenceSecondary, audit},
	DL35of2005:         {EvidenceSecondary, audit},
	L80of2005:          {EvidenceSecondary, audit},
	L296of2006:         {EvidenceSecondary, audit},
	L247of2007:         {EvidenceSecondary, audit},
	DLgs81of2008:       {EvidenceSecondary, first},
	DL112of2008:        {EvidenceSecondary, audit},
	L183of2010:         {EvidenceSecondary, audit},
	DL5of2012:          {EvidenceSecondary, audit},
	L92of2012:          {EvidenceSecondary, audit},
	DL76of2013:         {EvidenceSecondary, audit},
	L205of2017:         {EvidenceSecondary, audit},
	DL48of2023:         {EvidenceSecondary, audit},
	DLgs103of2024:      {EvidenceSecondary, audit},
	L56of2025:          {EvidenceSecondary, audit},
	DM23Dec1976:        {EvidenceSecondary, first},
	Circ4of2005:        {EvidenceSecondary, first},
	INPS17of2006:       {EvidenceSecondary, audit},
	INPS41of2006:       {EvidenceSecondary, first},
	INAIL22of2006:      {EvidenceSecondary, audit},
	Note9799of2007:     {EvidenceSecondary, audit},
	Circ7of2008:        {EvidenceSecondary, audit},
	Interpello37of2008: {EvidenceSecondary, audit},
	Interpello72of2009: {EvidenceSecondary, audit},
	Circ34of2010:       {EvidenceSecondary, first},
	Interpello46of2011: {EvidenceSecondary, audit},
	Note2369of2012:     {EvidenceSecondary, audit},
	Note4269of2012:     {EvidenceSecondary, audit},
	Circ18of2012:       {EvidenceSecondary, first},
	Circ20of2012:       {EvidenceSecondary, audit},
	Note11779of2012:    {EvidenceSecondary, audit},
	Note12728of2012:    {EvidenceSecondary, audit},
	Note16639of2012:    {EvidenceSecondary, audit},
	Interpello7of2013:  {EvidenceSecondary, first},
	Interpello13of2013: {EvidenceSecondary, audit},
	Vademecum2013:      {EvidenceSecondary, audit},
	Circ27of2013:       {EvidenceSecondary, audit},
	Circ35of2013:       {EvidenceSecondary, audit},
	Interpello31of2013: {EvidenceSecondary, audit},
	INPS33of2014:       {EvidenceSecondary, audit},
	Interpello7of2014:  {EvidenceSecondary, audit},
	Interpello10of2014: {EvidenceSecondary, audit},
	Letter5286of2014:   {EvidenceSecondary, first},
	Interpello17of2014: {EvidenceSecondary, audit},
	Interpello26of2014: {EvidenceSecondary, audit},
	Note18194of2016:    {EvidenceSecondary, audit},
	Interpello1of2017:  {EvidenceSecondary, audit},
	Interpello1of2018:  {EvidenceSecondary, audit},
	INL49of2018:        {EvidenceSecondary, first},
	Interpello6of2018:  {EvidenceSecondary, audit},
	INL8716of2019:      {EvidenceSecondary, audit},
	INL1311of2020:      {EvidenceSecondary, audit},
	INL1148of2020:      {EvidenceSecondary, first},
	INL1of2021:         {EvidenceSecondary, first},
	INAIL28of2005:      {EvidenceSecondary, audit},
	INAIL23of2006:      {EvidenceSecondary, audit},
	INAIL24of2007:      {EvidenceSecondary, audit},
	INAIL28of2008:      {EvidenceSecondary, audit},
	INPS14of2009:       {EvidenceSecondary, audit},
	INPS16of2010:       {EvidenceSecondary, audit},
	INPS24of2011:       {EvidenceSecondary, audit},
	INAIL16of2012:      {EvidenceSecondary, audit},
	INPS22of2013:       {EvidenceSecondary, audit},
	INAIL21of2014:      {EvidenceSecondary, audit},
	INPS11of2015:       {EvidenceSecondary, audit},
	INPS11of2016:       {EvidenceSecondary, audit},
	INPS19of2017:       {EvidenceSecondary, audit},
	INPS13of2018:       {EvidenceSecondary, audit},
	INAIL20of2018:      {EvidenceSecondary, audit},
	INPS6of2019:        {EvidenceSecondary, audit},
	INPS9of2020:        {EvidenceSecondary, audit},
	INPS11of2023:       {EvidenceSecondary, audit},
	INAIL21of2023:      {EvidenceSecondary, audit},
	INPS120of2022:      {EvidenceSecondary, audit},
	INPS15of2022:       {EvidenceSecondary, audit},
	INPS21of2024:       {EvidenceSecondary, first},
	INPS26of2025:       {EvidenceSecondary, first},
	INPS1322of2025:     {EvidenceSecondary, audit},
	INL1180of2025:      {EvidenceSecondary, audit},
	Circ15of2025:       {EvidenceSecondary, audit},
	INPS6of2026:        {EvidenceSecondary, audit},
	Plenary21of2011:    {EvidenceSecondary, first},
	Abercrombie2017:    {EvidenceSecondary, first},
	Cass4223of2018:     {EvidenceSecondary, first},
	Cass29423of2019:    {EvidenceSecondary, audit},
	Cass28345of2020:    {EvidenceSecondary, audit},
	Cass22086of2023:    {EvidenceSecondary, audit},
	Cass378of2024:      {EvidenceSecondary, first},
	Cass626of2024:      {EvidenceSecondary, audit},
	Cass20661of2025:    {EvidenceSecondary, audit},
}
