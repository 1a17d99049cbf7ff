package register

import (
	"jastarhub/internal/lang"
	"jastarhub/internal/person"
)

var headings = map[lang.Language][]string{
	lang.Kazakh: {"Волонтер нөмірі", "Волонтер", "Жас тобы", "Ұйым", "БСН", "Команда", "Акция", "Аудан", "Өткен жері", "Күні", "Басталуы", "Аяқталуы",
		"Уақыты, мин", "Ең төменгі жас", "Жұмыс түрі"},
	lang.Russian: {"Номер волонтёра", "Волонтёр", "Возрастная группа", "Организация", "БИН", "Команда", "Акция", "Район", "Место", "Дата", "Начало", "Окончание",
		"Время, мин", "Минимальный возраст", "Вид работы"},
	lang.English: {"Volunteer number", "Volunteer", "Age group", "Organisation", "BIN", "Team", "Volunteer event", "District", "Place", "Date", "Start", "End",
		"Time, min", "Minimum age", "Kind of work"},
}

var bands = map[person.AgeBand]string{person.Under14: "< 14", person.From14To15: "14–15", person.From16To17: "16–17", person.From18To24: "18–24",
	person.From25To35: "25–35", person.Over35: "> 35"}
