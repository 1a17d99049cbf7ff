import { type ReactElement, Suspense } from 'react';
import { createRoutesFromElements, matchRoutes, Outlet, Route, useLocation, useRoutes } from 'react-router';
import { lazy } from '../client/lazy';
import { Section } from '../parts/section';
import { Shell } from '../parts/shell';
import { Waiting } from '../parts/states';
import { paths } from './paths';

const Home = lazy(() => import('./home/page'));
const Tasks = lazy(() => import('./tasks/page'));
const Task = lazy(() => import('./task/page'));
const Ngos = lazy(() => import('./ngos/page'));
const Ngo = lazy(() => import('./ngo/page'));
const Team = lazy(() => import('./team/page'));
const Centres = lazy(() => import('./centres/page'));
const Centre = lazy(() => import('./centre/page'));
const Proposals = lazy(() => import('./proposals/page'));
const Proposal = lazy(() => import('./proposal/page'));
const Propose = lazy(() => import('./propose/page'));
const Me = lazy(() => import('./me/page'));
const Desk = lazy(() => import('./desk/page'));
const SignIn = lazy(() => import('./account/sign-in'));
const Register = lazy(() => import('./account/register'));
const VerifyEmail = lazy(() => import('./account/verify-email'));
const ForgotPassword = lazy(() => import('./account/forgot-password'));
const ResetPassword = lazy(() => import('./account/reset-password'));
const Missing = lazy(() => import('./missing'));

/** Every page under its path of paths.json, each loaded when it is first shown. */
const routes = createRoutesFromElements(
  <Route element={<Frame />}>
    <Route path={paths.home} element={<Home />} />
    <Route path={paths.tasks} element={<Tasks />} />
    <Route path={paths.task} element={<Task />} />
    <Route path={paths.ngos} element={<Ngos />} />
    <Route path={paths.ngo} element={<Ngo />} />
    <Route path={paths.team} element={<Team />} />
    <Route path={paths.centres} element={<Centres />} />
    <Route path={paths.centre} element={<Centre />} />
    <Route path={paths.proposals} element={<Proposals />} />
    <Route path={paths.proposal} element={<Proposal />} />
    <Route path={paths.propose} element={<Propose />} />
    <Route path={paths.me} element={<Me />} />
    <Route path={paths.desk} element={<Desk />} />
    <Route path={paths.signIn} element={<SignIn />} />
    <Route path={paths.register} element={<Register />} />
    <Route path={paths.verifyEmail} element={<VerifyEmail />} />
    <Route path={paths.forgotPassword} element={<ForgotPassword />} />
    <Route path={paths.resetPassword} element={<ResetPassword />} />
    <Route path="*" element={<Missing />} />
  </Route>,
);

export const Pages = () => useRoutes(routes);

/** Loads the page of an address before it is shown. Where it does not come, the page says so itself. */
export async function preload(address: string): Promise<void> {
  const page = matchRoutes(routes, address)?.at(-1)?.route.element as ReactElement<object, ReturnType<typeof lazy>> | undefined;
  await page?.type.preload().catch(() => {});
}

function Frame() {
  const { pathname } = useLocation();
  return (
    <Shell>
      <Section of={pathname}>
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </Section>
    </Shell>
  );
}
