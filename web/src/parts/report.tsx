import { Suspense, useState } from 'react';
import { lazy } from '../client/lazy';
import { type Enum, type FragmentOf, readFragment } from '../graphql';
import { ActionButton, actionPart } from './action';

const ReportDialog = lazy(() => import('./report-dialog'));

/** Why it is not even offered: who is suspended appeals, and one's own needs no report. */
const hidden: readonly (Enum<'Code'> | null)[] = ['SUSPENDED', 'OWN_CASE'];

type Props = {
  /** What can be reported: the thing, and who made it where that is somebody else's business too. */
  subjects: { id: string; name: string }[];
  /** The thing's availableActions. */
  of: readonly FragmentOf<typeof actionPart>[];
};

/** The quiet way to say that something is wrong with what one sees. */
export function Report({ subjects, of }: Props) {
  const [open, setOpen] = useState(false);
  const usable = of.filter((part) => !hidden.includes(readFragment(actionPart, part).reason));
  return (
    <>
      <ActionButton kind="quiet" action="REPORT_CONTENT" of={usable} onAct={() => setOpen(true)} />
      {open && (
        <Suspense fallback={null}>
          <ReportDialog subjects={subjects} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
