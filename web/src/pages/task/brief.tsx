import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { FocusMark } from '../../modules/ngo/focus';
import { Heading } from '../../parts/heading';
import { Notice } from '../../parts/notice';
import { useTranslation } from '../../words';
import look from './brief.module.css';

export const briefPart = graphql(`fragment BriefPart on Task { title description language state cancelReason ngo { id focus } }`);

/** What the task is. */
export function Brief({ task: of }: { task: FragmentOf<typeof briefPart> }) {
  const { t } = useTranslation();
  const { title, description, language, state, cancelReason, ngo } = readFragment(briefPart, of);
  const above = (
    <>
      <FocusMark focus={ngo.focus} />
      <span>{t(`TaskState.${state}`)}</span>
    </>
  );
  return (
    <div className={look.brief}>
      <Heading above={above} lang={language.toLowerCase()}>{title}</Heading>
      {cancelReason && <Notice kind="warn">{t('task.cancelled', { reason: cancelReason })}</Notice>}
      <div className={look.description} lang={language.toLowerCase()}>
        {description.split(/\n+/).map((line, index) => <p key={index}>{line}</p>)}
      </div>
    </div>
  );
}
