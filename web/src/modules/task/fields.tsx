import { Suspense } from 'react';
import { lazy } from '../../client/lazy';
import { useAppSettings } from '../../client/settings';
import { NativeSelect, Textarea, TextInput } from '../../parts/field';
import { More } from '../../parts/more';
import { languages, useTranslation } from '../../words';
import { overMidnight, type ShiftDraft, type TaskDraft, withChange } from './draft';
import look from './fields.module.css';
import type { useWrong } from './wrong';

const PointField = lazy(() => import('./point'));

const workClasses = ['LIGHT', 'STANDARD', 'HEAVY', 'HAZARDOUS', 'EMERGENCY_AID', 'OFFENDER_AID', 'PUBLIC_FUNDRAISING'] as const;
const ages = ['', '14', '15', '16', '17', '18', '21'];

type Field<Draft> = {
  value: Draft;
  onChange: (value: Draft) => void;
  /** What is wrong with a field, in words. */
  wrong: ReturnType<typeof useWrong>;
};

type TaskProps = Field<TaskDraft> & {
  /** The classes of work for adults only. */
  adultsOnly: readonly string[];
  /** Set if there is a choice of districts. */
  districts?: readonly { id: string; name: string }[];
  /** Whether people may have signed up: then the audience can no longer be changed. */
  published?: boolean;
};

/** The fields of a task; those that most tasks leave alone are folded away. */
export function TaskFields({ value, onChange, wrong, adultsOnly, districts, published }: TaskProps) {
  const { t } = useTranslation();
  const { tiles } = useAppSettings() ?? {};
  const set = (change: Partial<TaskDraft>) => onChange(withChange(value, change, adultsOnly));
  const field = (name: keyof TaskDraft) => ({ value: value[name], onChange: ({ currentTarget }: { currentTarget: { value: string } }) => set({ [name]: currentTarget.value }) });
  return (
    <>
      <TextInput {...field('title')} error={wrong('title')} label={t('lead.task.title')} description={t('lead.task.titleHint')} maxLength={120} required />
      <Textarea {...field('description')} error={wrong('description')} label={t('lead.task.description')} description={t('lead.task.descriptionHint')} rows={5} maxLength={4000} required />
      <TextInput {...field('place')} error={wrong('place')} label={t('lead.task.place')} description={t('lead.task.placeHint')} maxLength={200} />
      {tiles && (
        <More words={value.point ? t('lead.task.pointSet') : t('lead.task.point')}>
          <Suspense>
            <PointField tiles={tiles} value={value.point} onChange={(point) => set({ point })} />
          </Suspense>
        </More>
      )}
      {!published && (
        <div className={look.pair}>
          <NativeSelect {...field('workClass')} label={t('task.work')} data={workClasses.map((work) => ({ value: work, label: t(`WorkClass.${work}`) }))} />
          <NativeSelect {...field('minAge')} error={wrong('minAge')} label={t('task.age')} data={[...new Set([...ages, value.minAge])].map((age) => ({ value: age, label: age ? t('tasks.fromAge', { count: Number(age) }) : t('task.anyAge') }))} />
        </div>
      )}
      <div className={look.pair}>
        {districts && <NativeSelect {...field('districtId')} label={t('propose.district')} data={districts.map(({ id, name }) => ({ value: id, label: name }))} />}
        <NativeSelect {...field('language')} label={t('propose.language')} data={languages.map((language) => ({ value: language.toUpperCase(), label: t(`languages.${language}`) }))} />
      </div>
    </>
  );
}

/** The fields of a shift. */
export function ShiftFields({ value, onChange, wrong }: Field<ShiftDraft>) {
  const { t } = useTranslation();
  const field = (name: keyof ShiftDraft) => ({ value: value[name], onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onChange({ ...value, [name]: currentTarget.value }) });
  return (
    <div className={look.shift}>
      <TextInput {...field('date')} type="date" error={!!wrong('startsAt')} label={t('lead.shift.date')} required />
      <TextInput {...field('capacity')} error={wrong('capacity')} inputMode="numeric" label={t('lead.shift.capacity')} maxLength={6} required />
      <TextInput {...field('from')} type="time" error={wrong('startsAt')} label={t('lead.shift.from')} required />
      <TextInput {...field('to')} type="time" error={wrong('endsAt')} label={t('lead.shift.to')} description={overMidnight(value) && t('lead.shift.nextDay')} required />
      <TextInput {...field('place')} error={wrong('place')} label={t('lead.shift.place')} description={t('lead.shift.placeHint')} maxLength={200} />
    </div>
  );
}
