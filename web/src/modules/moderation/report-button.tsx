import { Suspense, useState } from 'react';
import { lazy } from '../../client/lazy';
import { type Enum, type FragmentOf, readFragment } from '../../graphql';
import { ActionButton, actionPart } from '../../parts/action';

const ReportDialog = lazy(() => import('./report-dialog'));

/** Codes with which reporting is not even offered: a suspended person can only appeal, and nobody reports what is their own. */
const hidden: readonly (Enum<'Code'> | null)[] = ['SUSPENDED', 'OWN_CASE'];

type Props = {
  /** What can be reported: the object, and its author if that is somebody else. */
  subjects: { id: string; name: string }[];
  /** The object's availableActions. */
  of: readonly FragmentOf<typeof actionPart>[];
};

/** The unobtrusive way to report something. */
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
