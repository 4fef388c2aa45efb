package main

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// book is the first sheet of a workbook as rows of text. Numbers keep their digits;
// days and times, which a workbook holds as numbers with a format, are written as days
// and times.
type book struct {
	rows [][]string
	more bool // other sheets hold something too
}

func (b book) all(yield func(int, []string) bool) {
	for n, row := range b.rows {
		if !yield(n+1, row) {
			return
		}
	}
}

func readBook(b []byte) (x book, err error) {
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true, UnzipSizeLimit: 4 * maxFile, UnzipXMLSizeLimit: maxFile})
	if err != nil {
		return x, err
	}
	defer func() { _ = f.Close() }()
	list := f.GetSheetList()
	for _, name := range list[1:] {
		if other, err := f.GetRows(name); err != nil || len(other) > 0 {
			x.more = true
		}
	}
	if x.rows, err = f.GetRows(list[0]); err != nil {
		return x, err
	}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return x, err
	}
	old := props.Date1904 != nil && *props.Date1904
	kinds := map[int]bool{} // styles met: a day or a time
	for r, row := range x.rows {
		for c, text := range row {
			n, err := strconv.ParseFloat(text, 64)
			if err != nil {
				continue
			}
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return x, err
			}
			if kind, err := f.GetCellType(list[0], at); err != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
				continue // digits written as text
			}
			style, err := f.GetCellStyle(list[0], at)
			if err != nil {
				return x, err
			}
			isTime, known := kinds[style]
			if !known {
				isTime = timed(f, style)
				kinds[style] = isTime
			}
			if isTime {
				row[c] = moment(n, old)
			} else {
				row[c] = strconv.FormatFloat(n, 'f', -1, 64)
			}
		}
	}
	return x, nil
}

var quoted = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]hms]*\]`)

// timed reports whether the format of a style shows a day or a time.
func timed(f *excelize.File, style int) bool {
	s, err := f.GetStyle(style)
	if err != nil || s == nil {
		return false
	}
	if s.CustomNumFmt != nil {
		return strings.ContainsAny(strings.ToLower(quoted.ReplaceAllString(*s.CustomNumFmt, "")), "dmyhs")
	}
	return 14 <= s.NumFmt && s.NumFmt <= 22 || 45 <= s.NumFmt && s.NumFmt <= 47
}

// moment writes a day, a time or both, to the second.
func moment(x float64, old bool) string {
	if 0 <= x && x < 1 {
		return strings.TrimSuffix(time.Unix(int64(math.Round(x*86400)), 0).UTC().Format(time.TimeOnly), ":00")
	}
	t, err := excelize.ExcelDateToTime(x, old)
	if err != nil {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	if t = t.Round(time.Second); t.Hour()+t.Minute()+t.Second() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.DateTime)
}
