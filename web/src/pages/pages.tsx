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
const Profile = lazy(() => import('./profile/page'));
const Security = lazy(() => import('./security/page'));
const Data = lazy(() => import('./data/page'));
const Decision = lazy(() => import('./decision/page'));
const Invitation = lazy(() => import('./invitation/page'));
const Notices = lazy(() => import('./notices/page'));
const NoticeSettings = lazy(() => import('./notices/settings'));
const Search = lazy(() => import('./search/page'));
const Desk = lazy(() => import('./desk/page'));
const CentreDesk = lazy(() => import('./desk/centre/page'));
const CentreProposals = lazy(() => import('./desk/centre/proposals'));
const CentreResults = lazy(() => import('./desk/centre/results'));
const CentreConsents = lazy(() => import('./desk/centre/consents'));
const CentreReports = lazy(() => import('./desk/centre/reports'));
const City = lazy(() => import('./desk/city/frame'));
const CityDesk = lazy(() => import('./desk/city/page'));
const CityCentres = lazy(() => import('./desk/city/centres'));
const CityCentre = lazy(() => import('./desk/city/centre'));
const CityNgos = lazy(() => import('./desk/city/ngos'));
const CityNgoNew = lazy(() => import('./desk/city/ngo-new'));
const CityNgo = lazy(() => import('./desk/city/ngo'));
const CityPeople = lazy(() => import('./desk/city/people'));
const CityReports = lazy(() => import('./desk/city/reports'));
const CityAudit = lazy(() => import('./desk/city/audit'));
const CityCalendar = lazy(() => import('./desk/city/calendar'));
const CityLetters = lazy(() => import('./desk/city/letters'));
const NgoDesk = lazy(() => import('./desk/ngo/page'));
const TeamDesk = lazy(() => import('./lead/team'));
const NewTask = lazy(() => import('./lead/post'));
const TeamPeople = lazy(() => import('./lead/people'));
const TeamProposals = lazy(() => import('./lead/adopt'));
const TaskDesk = lazy(() => import('./lead/task'));
const ShiftDesk = lazy(() => import('./lead/shift'));
const CheckInScreen = lazy(() => import('./lead/screen'));
const TeamHours = lazy(() => import('./hours/team'));
const ShiftHours = lazy(() => import('./hours/shift'));
const CentreHours = lazy(() => import('./hours/centre'));
const CheckIn = lazy(() => import('./check-in/page'));
const Record = lazy(() => import('./record/page'));
const Certificates = lazy(() => import('./certificate/find'));
const Certificate = lazy(() => import('./certificate/page'));
const SignIn = lazy(() => import('./account/sign-in'));
const Register = lazy(() => import('./account/register'));
const VerifyEmail = lazy(() => import('./account/verify-email'));
const ForgotPassword = lazy(() => import('./account/forgot-password'));
const ResetPassword = lazy(() => import('./account/reset-password'));
const Missing = lazy(() => import('./missing'));

/** Every page under its path in paths.json, each loaded when it is first shown. */
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
    <Route path={paths.profile} element={<Profile />} />
    <Route path={paths.security} element={<Security />} />
    <Route path={paths.data} element={<Data />} />
    <Route path={paths.decision} element={<Decision />} />
    <Route path={paths.invitation} element={<Invitation />} />
    <Route path={paths.notices} element={<Notices />} />
    <Route path={paths.noticeSettings} element={<NoticeSettings />} />
    <Route path={paths.search} element={<Search />} />
    <Route path={paths.desk} element={<Desk />} />
    <Route path={paths.centreDesk} element={<CentreDesk />} />
    <Route path={paths.centreProposals} element={<CentreProposals />} />
    <Route path={paths.centreResults} element={<CentreResults />} />
    <Route path={paths.centreConsents} element={<CentreConsents />} />
    <Route path={paths.centreReports} element={<CentreReports />} />
    <Route element={<City />}>
      <Route path={paths.cityDesk} element={<CityDesk />} />
      <Route path={paths.cityCentres} element={<CityCentres />} />
      <Route path={paths.cityCentre} element={<CityCentre />} />
      <Route path={paths.cityNgos} element={<CityNgos />} />
      <Route path={paths.cityNgoNew} element={<CityNgoNew />} />
      <Route path={paths.cityNgo} element={<CityNgo />} />
      <Route path={paths.cityPeople} element={<CityPeople />} />
      <Route path={paths.cityReports} element={<CityReports />} />
      <Route path={paths.cityAudit} element={<CityAudit />} />
      <Route path={paths.cityCalendar} element={<CityCalendar />} />
      <Route path={paths.cityLetters} element={<CityLetters />} />
    </Route>
    <Route path={paths.ngoDesk} element={<NgoDesk />} />
    <Route path={paths.teamDesk} element={<TeamDesk />} />
    <Route path={paths.newTask} element={<NewTask />} />
    <Route path={paths.teamPeople} element={<TeamPeople />} />
    <Route path={paths.teamProposals} element={<TeamProposals />} />
    <Route path={paths.taskDesk} element={<TaskDesk />} />
    <Route path={paths.shiftDesk} element={<ShiftDesk />} />
    <Route path={paths.checkInScreen} element={<CheckInScreen />} />
    <Route path={paths.teamHours} element={<TeamHours />} />
    <Route path={paths.shiftHours} element={<ShiftHours />} />
    <Route path={paths.centreHours} element={<CentreHours />} />
    <Route path={paths.checkIn} element={<CheckIn />} />
    <Route path={paths.record} element={<Record />} />
    <Route path={paths.certificates} element={<Certificates />} />
    <Route path={paths.certificate} element={<Certificate />} />
    <Route path={paths.signIn} element={<SignIn />} />
    <Route path={paths.register} element={<Register />} />
    <Route path={paths.verifyEmail} element={<VerifyEmail />} />
    <Route path={paths.forgotPassword} element={<ForgotPassword />} />
    <Route path={paths.resetPassword} element={<ResetPassword />} />
    <Route path="*" element={<Missing />} />
  </Route>,
);

export const Pages = () => useRoutes(routes);

/** Loads the page of an address, and its frame, before it is shown. If something cannot be loaded, the page says so itself. */
export async function preload(address: string): Promise<void> {
  const parts = (matchRoutes(routes, address) ?? []).map(({ route }) => (route.element as ReactElement<object, ReturnType<typeof lazy>>).type);
  await Promise.all(parts.map((part) => 'preload' in part && part.preload())).catch(() => {});
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
