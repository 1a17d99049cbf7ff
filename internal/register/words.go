package register

import (
	"jastarhub/internal/lang"
	"jastarhub/internal/person"
	"jastarhub/internal/signup"
)

var headings = map[lang.Language][]string{
	lang.Kazakh: {"Волонтёр нөмірі", "Волонтёр", "Жас тобы", "Ұйым", "БСН", "Команда", "Акция", "Аудан", "Орны", "Күні", "Басталуы", "Аяқталуы",
		"Уақыты, мин", "Ең төменгі жас", "Жұмыс түрі"},
	lang.Russian: {"Номер волонтёра", "Волонтёр", "Возрастная группа", "Организация", "БИН", "Команда", "Акция", "Район", "Место", "Дата", "Начало", "Окончание",
		"Время, мин", "Наименьший возраст", "Вид работ"},
	lang.English: {"Volunteer number", "Volunteer", "Age group", "Organisation", "BIN", "Team", "Action", "District", "Place", "Date", "Start", "End",
		"Time, min", "Minimum age", "Class of work"},
}

var bands = map[person.AgeBand]string{person.Under14: "< 14", person.From14To15: "14–15", person.From16To17: "16–17", person.From18To24: "18–24",
	person.From25To35: "25–35", person.Over35: "> 35"}

var classes = map[signup.WorkClass]lang.Text{
	signup.Light:             {KK: "Жеңіл", RU: "Лёгкая", EN: "Light"},
	signup.Standard:          {KK: "Қалыпты", RU: "Обычная", EN: "Standard"},
	signup.Heavy:             {KK: "Ауыр", RU: "Тяжёлая", EN: "Heavy"},
	signup.Hazardous:         {KK: "Қауіпті", RU: "Опасная", EN: "Hazardous"},
	signup.EmergencyAid:      {KK: "Төтенше жағдайдағы көмек", RU: "Помощь при чрезвычайных ситуациях", EN: "Emergency aid"},
	signup.OffenderAid:       {KK: "Құқық бұзушылармен жұмыс", RU: "Работа с правонарушителями", EN: "Aid to offenders"},
	signup.PublicFundraising: {KK: "Қоғамдық орында қаражат жинау", RU: "Сбор средств в общественных местах", EN: "Fundraising in public places"},
}
