package law

// Acts of the State.
const (
	CivilCode       Act = "urn:nir:stato:codice.civile:1942-03-16;262"
	RD2657of1923    Act = "urn:nir:stato:regio.decreto:1923-12-06;2657"
	RD1833of1931    Act = "urn:nir:stato:regio.decreto:1931;1833"
	L604of1966      Act = "urn:nir:stato:legge:1966-07-15;604"
	L977of1967      Act = "urn:nir:stato:legge:1967-10-17;977"
	DPR517of1976    Act = "urn:nir:stato:decreto.del.presidente.della.repubblica:1976;517"
	L689of1981      Act = "urn:nir:stato:legge:1981-11-24;689"
	DL463of1983     Act = "urn:nir:stato:decreto.legge:1983-09-12;463"
	L223of1991      Act = "urn:nir:stato:legge:1991-07-23;223"
	DL510of1996     Act = "urn:nir:stato:decreto.legge:1996-10-01;510"
	DLgs152of1997   Act = "urn:nir:stato:decreto.legislativo:1997-05-26;152"
	DLgs165of2001   Act = "urn:nir:stato:decreto.legislativo:2001-03-30;165"
	DLgs66of2003    Act = "urn:nir:stato:decreto.legislativo:2003-04-08;66"
	DLgs276of2003   Act = "urn:nir:stato:decreto.legislativo:2003-09-10;276"
	DLgs124of2004   Act = "urn:nir:stato:decreto.legislativo:2004-04-23;124"
	DL35of2005      Act = "urn:nir:stato:decreto.legge:2005-03-14;35"
	L296of2006      Act = "urn:nir:stato:legge:2006-12-27;296"
	L247of2007      Act = "urn:nir:stato:legge:2007-12-24;247"
	DLgs81of2008    Act = "urn:nir:stato:decreto.legislativo:2008-04-09;81"
	DL112of2008     Act = "urn:nir:stato:decreto.legge:2008-06-25;112"
	L92of2012       Act = "urn:nir:stato:legge:2012-06-28;92"
	DL76of2013      Act = "urn:nir:stato:decreto.legge:2013-06-28;76"
	DLgs81of2015    Act = "urn:nir:stato:decreto.legislativo:2015-06-15;81"
	L205of2017      Act = "urn:nir:stato:legge:2017-12-27;205"
	DLgs104of2022   Act = "urn:nir:stato:decreto.legislativo:2022-06-27;104"
	DL48of2023      Act = "urn:nir:stato:decreto.legge:2023-05-04;48"
	L56of2025       Act = "urn:nir:stato:legge:2025-04-07;56"
	DM23Dec1976     Act = "urn:nir:ministero.finanze:decreto:1976-12-23;13813"
	DM10March2004   Act = "urn:nir:ministero.lavoro.e.politiche.sociali:decreto:2004-03-10"
	DM23October2004 Act = "urn:nir:ministero.lavoro.e.politiche.sociali:decreto:2004-10-23"
	DM30Dec2004     Act = "urn:nir:ministero.lavoro.e.politiche.sociali:decreto:2004-12-30"
	DI27March2013   Act = "urn:nir:ministero.lavoro.e.politiche.sociali:decreto:2013-03-27"
)

// Practice of the Ministry (MLPS), the inspectorate (INL) and INPS. Where only the
// year of an act is known, the URN holds the year.
const (
	Circ4of2005        Act = "urn:x-prassi:mlps:circolare:2005-02-03;4"
	Note9799of2007     Act = "urn:x-prassi:mlps:nota:2007-07-20;9799"
	Interpello37of2008 Act = "urn:x-prassi:mlps:interpello:2008-09-01;37"
	Interpello72of2009 Act = "urn:x-prassi:mlps:interpello:2009-10-12;72"
	Circ34of2010       Act = "urn:x-prassi:mlps:circolare:2010-09-29;34"
	Interpello46of2011 Act = "urn:x-prassi:mlps:interpello:2011;46"
	Note2369of2012     Act = "urn:x-prassi:mlps:nota:2012-02-16;2369"
	Note4269of2012     Act = "urn:x-prassi:mlps:nota:2012-03-26;4269"
	Circ18of2012       Act = "urn:x-prassi:mlps:circolare:2012-07-18;18"
	Circ20of2012       Act = "urn:x-prassi:mlps:circolare:2012-08-01;20"
	Note11779of2012    Act = "urn:x-prassi:mlps:nota:2012-08-09;11779"
	Note16639of2012    Act = "urn:x-prassi:mlps:nota:2012;16639"
	Interpello7of2013  Act = "urn:x-prassi:mlps:interpello:2013;7"
	Interpello13of2013 Act = "urn:x-prassi:mlps:interpello:2013;13"
	Vademecum2013      Act = "urn:x-prassi:mlps:vademecum:2013-04-22"
	Circ27of2013       Act = "urn:x-prassi:mlps:circolare:2013-06-27;27"
	Circ35of2013       Act = "urn:x-prassi:mlps:circolare:2013-08-29;35"
	Interpello7of2014  Act = "urn:x-prassi:mlps:interpello:2014;7"
	Letter5286of2014   Act = "urn:x-prassi:mlps:lettera.circolare:2014;5286"
	Interpello17of2014 Act = "urn:x-prassi:mlps:interpello:2014;17"
	Interpello26of2014 Act = "urn:x-prassi:mlps:interpello:2014-11-07;26"
	Interpello1of2017  Act = "urn:x-prassi:mlps:interpello:2017;1"
	Interpello1of2018  Act = "urn:x-prassi:mlps:interpello:2018;1"
	Note18194of2016    Act = "urn:x-prassi:mlps:nota:2016-10-04;18194"
	INL49of2018        Act = "urn:x-prassi:inl:circolare:2018-03-15;49"
	Interpello6of2018  Act = "urn:x-prassi:mlps:interpello:2018-10-24;6"
	INL8716of2019      Act = "urn:x-prassi:inl:lettera.circolare:2019-10-09;8716"
	INL1311of2020      Act = "urn:x-prassi:inl:lettera.circolare:2020-02-12;1311"
	INL1148of2020      Act = "urn:x-prassi:inl:nota:2020-12-21;1148"
	INL1of2021         Act = "urn:x-prassi:inl:circolare:2021-02-08;1"
	INPS2382of2024     Act = "urn:x-prassi:inps:messaggio:2024-06-26;2382"
	INPS1322of2025     Act = "urn:x-prassi:inps:messaggio:2025-04-18;1322"
	INL1180of2025      Act = "urn:x-prassi:inl:nota:2025-07-10;1180"
	Circ15of2025       Act = "urn:x-prassi:mlps:circolare:2025-08-27;15"
)

// Rulings.
const (
	Plenary21of2011 Act = "urn:x-prassi:consiglio.stato:sentenza:2011-12-02;21"
	Abercrombie2017 Act = "urn:x-prassi:cgue:sentenza:2017-07-19;C-143/16"
	Cass4223of2018  Act = "urn:x-prassi:cassazione:sentenza:2018-02-21;4223"
	Cass29423of2019 Act = "urn:x-prassi:cassazione:sentenza:2019-11-13;29423"
	Cass28345of2020 Act = "urn:x-prassi:cassazione:ordinanza:2020-12-11;28345"
	Cass22086of2023 Act = "urn:x-prassi:cassazione:sentenza:2023-07-24;22086"
	Cass378of2024   Act = "urn:x-prassi:cassazione:ordinanza:2024-01-05;378"
	Cass626of2024   Act = "urn:x-prassi:cassazione:ordinanza:2024-01-08;626"
	Cass20661of2025 Act = "urn:x-prassi:cassazione:ordinanza:2025-07-22;20661"
)

// Weak sources: the Ministry's guides to the portal (which bears no date) and to
// text messages, its form, and the classifications of economic activities of
// ISTAT, which do not say what tourism is. The last part of the URN is their name.
const (
	PortalGuide Act = "urn:x-prassi:mlps:guida:;Guida.Gestione.Intermittenti"
	SMSGuide    Act = "urn:x-prassi:mlps:guida:2021-05-15;Guida.SMS.Intermittenti@1.1"
	OnCallForm  Act = "urn:x-prassi:mlps:modulo:2012-11-26;Modello.UNI_Intermittenti"
	ATECO2007   Act = "urn:x-prassi:istat:guida:2008-01-01;ATECO.2007"
	ATECO2025   Act = "urn:x-prassi:istat:guida:2025-01-01;ATECO.2025"
)
