package certificate

import "jastarhub/internal/lang"

// words are what a printed certificate says.
type words struct {
	title, about, given, says                   string
	time, shifts, period                        string // above the three figures
	team, dates, hours                          string // above the table
	number, issued, verify, where, hour, minute string
	lacking                                     string // where no font has a letter
}

var wordsIn = map[lang.Language]words{
	lang.Kazakh: {title: "Сертификат", about: "волонтёрлік қызмет туралы", given: "Осы сертификат",
		says: "атына берілді және төменде көрсетілген волонтёрлік сағаттарды растайды.",
		time: "Барлығы", shifts: "Ауысым", period: "Кезең", team: "Команда және ұйым", dates: "Күндері", hours: "Уақыты",
		number: "Нөмірі", issued: "Берілген күні", verify: "Тексеру үшін кодты сканерлеңіз немесе мына бетті ашыңыз:",
		where: "Алматы қаласы, Jastar Hub", hour: "сағ", minute: "мин",
		lacking: "□ — бұл құжатта басып шығару мүмкін болмаған таңба."},
	lang.Russian: {title: "Сертификат", about: "о волонтёрской деятельности", given: "Настоящий сертификат выдан на имя",
		says: "и подтверждает часы волонтёрской работы, указанные ниже.",
		time: "Всего", shifts: "Смены", period: "Период", team: "Команда и организация", dates: "Даты", hours: "Время",
		number: "Номер", issued: "Дата выдачи", verify: "Чтобы проверить, отсканируйте код или откройте страницу:",
		where: "Город Алматы, Jastar Hub", hour: "ч", minute: "мин",
		lacking: "□ — знак, который нельзя напечатать в этом документе."},
	lang.English: {title: "Certificate", about: "of volunteer work", given: "This certificate is issued to",
		says: "and confirms the hours of volunteer work shown below.",
		time: "In all", shifts: "Shifts", period: "Period", team: "Team and organisation", dates: "Dates", hours: "Time",
		number: "Number", issued: "Issued on", verify: "To verify it, scan the code or open this page:",
		where: "City of Almaty, Jastar Hub", hour: "h", minute: "min",
		lacking: "□ stands for a character that cannot be printed in this document."},
}
