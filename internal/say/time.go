// Package say writes what people read in the hub's languages: days, times, numbers with their nouns, and words that the app has
// too.
package say

import (
	"fmt"
	"strings"
	"time"

	"jastarhub/internal/almaty"
	"jastarhub/internal/lang"
)

var months = map[lang.Language][]string{
	lang.Kazakh:  {"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"},
	lang.Russian: {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	lang.English: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// dayOfMonth returns a day without its year: 9 мамыр, 9 мая, 9 May.
func dayOfMonth(l lang.Language, t time.Time) string {
	return fmt.Sprintf("%d\u00a0%s", t.Day(), months[l][t.Month()-1])
}

// Day returns a calendar day.
func Day(l lang.Language, day time.Time) string {
	if l == lang.Kazakh {
		return fmt.Sprintf("%d\u00a0ж. %s", day.Year(), dayOfMonth(l, day))
	}
	return fmt.Sprintf("%s %d", dayOfMonth(l, day), day.Year())
}

// DayOf returns the day of a moment in Almaty.
func DayOf(l lang.Language, moment time.Time) string { return Day(l, moment.In(almaty.Zone)) }

// Days returns the days from one to another.
func Days(l lang.Language, from, to time.Time) string {
	if from.Equal(to) {
		return Day(l, from)
	}
	return Day(l, from) + Dash + Day(l, to)
}

// Dash stands between the two ends of a span of days or moments; a line may break after it.
const Dash = "\u00a0– "

// near returns the day of a moment in Almaty, with its year unless that is the present one.
func near(l lang.Language, t, now time.Time) string {
	if t.Year() != now.In(almaty.Zone).Year() {
		return Day(l, t)
	}
	return dayOfMonth(l, t)
}

const clock = "15:04"

// Moment returns a day and a time of day in Almaty.
func Moment(l lang.Language, moment, now time.Time) string {
	t := moment.In(almaty.Zone)
	between := ", "
	if l == lang.Russian {
		between = " в\u00a0"
	}
	return near(l, t, now) + between + t.Format(clock)
}

// Span returns the time from one moment to another, with the day only once if it is the same.
func Span(l lang.Language, from, to, now time.Time) string {
	begins, ends := from.In(almaty.Zone), to.In(almaty.Zone)
	if begins.Format(time.DateOnly) != ends.Format(time.DateOnly) {
		return Moment(l, from, now) + Dash + Moment(l, to, now)
	}
	return near(l, begins, now) + ", " + begins.Format(clock) + "–" + ends.Format(clock)
}

var hourAndMinute = map[lang.Language][2]string{lang.Kazakh: {"сағ", "мин"}, lang.Russian: {"ч", "мин"}, lang.English: {"h", "min"}}

// Lasted returns a length of time.
func Lasted(l lang.Language, minutes int) string {
	var parts []string
	for i, n := range []int{minutes / 60, minutes % 60} {
		if n > 0 || i == 1 && len(parts) == 0 {
			parts = append(parts, Number(l, n)+"\u00a0"+hourAndMinute[l][i])
		}
	}
	return strings.Join(parts, " ")
}
