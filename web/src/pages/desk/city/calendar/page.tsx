import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '../../../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../../../graphql';
import { NameFields, type Names, ownNames } from '../../../../modules/desk/city/names';
import { Officer, officerPart } from '../../../../modules/desk/city/officer';
import look from '../../../../modules/desk/city/row.module.css';
import { Unlisted } from '../../../../modules/desk/city/unlisted';
import { actionPart } from '../../../../parts/action';
import { NativeSelect, TextInput } from '../../../../parts/field';
import { Form } from '../../../../parts/form';
import { Heading } from '../../../../parts/heading';
import { Notice } from '../../../../parts/notice';
import { Panel } from '../../../../parts/panel';
import { Loaded, State } from '../../../../parts/states';
import { Ways } from '../../../../parts/ways';
import { useTranslation } from '../../../../words';
import { dayOf, useFormats } from '../../../../words/dates';
import { dotted } from '../../../../words/dotted';

const dayRow = graphql(
  `fragment CitySpecialDay on SpecialDay { id day works name kk: name(lang: KK) ru: name(lang: RU) en: name(lang: EN) availableActions { ...ActionPart } }`,
  [actionPart],
);

const calendarQuery = graphql(
  `query CityCalendar($year: Int!) {
    viewer { id ...CityOfficer }
    days: specialDays(year: $year) { id ...CitySpecialDay }
  }`,
  [officerPart, dayRow],
);

const setMutation = graphql(`mutation CitySetSpecialDay($input: SetSpecialDayInput!) { setSpecialDay(input: $input) { specialDay { id ...CitySpecialDay } } }`, [dayRow]);

const removeMutation = graphql(`mutation CityRemoveSpecialDay($input: RemoveSpecialDayInput!) { removeSpecialDay(input: $input) { specialDay { id removedAt } } }`);

/** The years for which the hub has a list. */
const [firstYear, lastYear] = [2026, 2100];

/** The days on which Almaty departs from the five-day week: deadlines are calculated with them. */
export default function Calendar() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [now] = useState(() => Number(dayOf(Date.now()).slice(0, 4)));
  const last = Math.min(now + 3, lastYear);
  const years = Array.from({ length: last - firstYear + 1 }, (_, index) => last - index);
  const year = years.find((one) => String(one) === search.get('year')) ?? now;
  const query = useQuery({ query: calendarQuery, variables: { year } });
  const show = (one: string) => setSearch({ year: one }, { replace: true });
  return (
    <>
      <Heading below={t('calendar.below')}>{t('calendar.title')}</Heading>
      <Loaded query={query}>
        {({ viewer, days }, reread) => (
          <Officer viewer={viewer}>
            <Unlisted />
            <div className={look.filters}>
              <NativeSelect label={t('calendar.year')} value={String(year)} data={years.map((one) => ({ value: String(one), label: String(one) }))} onChange={({ currentTarget }) => show(currentTarget.value)} />
            </div>
            <div className={look.columns}>
              <Panel title={t('calendar.of', { year })}>
                {days.length === 0 && <State title={t('calendar.none')} text={t('calendar.noneText')} />}
                <ul className={look.list}>{days.map((day) => <Day key={day.id} day={day} reread={reread} />)}</ul>
              </Panel>
              <Panel title={t('Action.SET_SPECIAL_DAY')}>
                <NewDay
                  onDone={(day) => {
                    show(day.slice(0, 4));
                    reread();
                  }}
                />
              </Panel>
            </div>
          </Officer>
        )}
      </Loaded>
    </>
  );
}

function Day({ day: of, reread }: { day: FragmentOf<typeof dayRow>; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const set = useAct(setMutation);
  const remove = useAct(removeMutation);
  const { id, day, works, name, kk, ru, en, availableActions } = readFragment(dayRow, of);
  const rename = (names: Record<string, string>) => set.act({ input: { day, works, name: names as Names } });
  return (
    <li className={look.row}>
      <div>
        <h3>{format.day(day)}</h3>
        <p className={look.quiet}>{dotted(name, works && t('calendar.works'))}</p>
      </div>
      <Ways
        about={id}
        of={availableActions}
        ways={[
          { ...set, action: 'SET_SPECIAL_DAY', kind: 'quiet', label: t('calendar.rename'), does: rename, fields: <NameFields refusal={set.refusal} written={ownNames({ kk, ru, en })} /> },
          { ...remove, action: 'REMOVE_SPECIAL_DAY', kind: 'quiet', does: () => remove.act({ input: { id } }) },
        ]}
        onDone={reread}
      />
    </li>
  );
}

function NewDay({ onDone }: { onDone: (day: string) => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const [done, setDone] = useState({ times: 0, day: '' });
  const { act, busy, refusal } = useAct(setMutation);
  const add = async ({ day = '', works, ...names }: Record<string, string>) => {
    const data = await act({ input: { day, works: works === 'works', name: names as Names } });
    if (!data) return false;
    setDone(({ times }) => ({ times: times + 1, day }));
    onDone(day);
    return true;
  };
  return (
    <>
      {done.day && <Notice kind="done">{t('calendar.added', { date: format.date(done.day) })}</Notice>}
      <Form key={done.times} words={t('Action.SET_SPECIAL_DAY')} busy={busy} refusal={refusal} draft="special day" onSubmit={add}>
        <TextInput name="day" type="date" label={t('calendar.day')} error={refusal?.fields.includes('day') ? t('calendar.invalid') : undefined} min={`${firstYear}-01-01`} max={`${lastYear}-12-31`} required />
        <NativeSelect name="works" label={t('calendar.kind')} data={(['free', 'works'] as const).map((value) => ({ value, label: t(`calendar.kinds.${value}`) }))} />
        <NameFields refusal={refusal} />
      </Form>
    </>
  );
}
