import { type ComponentType, type ReactElement, Suspense } from 'react';
import { createRoutesFromElements, matchRoutes, Outlet, Route, useLocation, useRoutes } from 'react-router';
import { lazy } from '../client/lazy';
import { Section } from '../parts/section';
import { Shell } from '../parts/shell';
import { Waiting } from '../parts/states';
import { folderOf, paths } from '../paths';

const files = import.meta.glob<{ default: ComponentType }>('./**/page.tsx');
const City = lazy(() => import('./desk/city/frame'));
const Missing = lazy(() => import('./missing'));

function routeOf(path: string) {
  const Page = lazy(files[`./${folderOf(path)}/page.tsx`]!);
  return <Route key={path} path={path} element={<Page />} />;
}

const all = Object.values(paths);
const ofCity = (path: string) => path.startsWith(paths.cityDesk);

/** Every page of paths.json, each loaded when it is first shown. */
const routes = createRoutesFromElements(
  <Route element={<Frame />}>
    <Route element={<City />}>{all.filter(ofCity).map(routeOf)}</Route>
    {all.filter((path) => !ofCity(path)).map(routeOf)}
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
