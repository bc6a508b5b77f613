import { isObject } from '../json';

/** Browser frameworks and those of mobile apps, by the names of their packages. */
const FRAMEWORKS =
  /^(?:react|react-dom|react-native|preact|vue|svelte|solid-js|lit|@angular\/core|expo|@ionic\/(?:core|react|vue|angular)|@capacitor\/core|cordova-.+)$/;

/** What the named tools put into the bundle, for everybody to read. */
const BUNDLED_VARIABLE =
  /(?:VITE|REACT_APP|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|GATSBY|VUE_APP|NG_APP)_\w{0,60}\W{0,10}$/;

const PAGE = /\.(?:html?|xhtml|vue|svelte)$/i;
const APP =
  /\.(?:swift|dart|storyboard|xib)$|(?:^|\/)(?:android|app\/src\/\w+)\/.*\.(?:kt|java|xml)$|\.plist$/i;
const WEB_ASSET = /(?:^|\/)(?:public|www|wwwroot|static)\/.*\.(?:[cm]?js|json|css|map|txt|svg)$/i;
const SCRIPT = /\.[cm]?[jt]sx?$/i;
/** Scripts of a web app that stay on its server or on the developer's machine. */
const NOT_IN_BUNDLE =
  /(?:^|\/)(?:api|server|servers|backend|functions|lambda|scripts?|tools|tests?|__tests__|e2e|cypress|spec)\/|\.(?:config|server|test|spec)\.[cm]?[jt]sx?$/i;

/**
 * Whether a file goes to the browsers or phones of customers, as far as its place tells: pages, app code,
 * what a web server hands out as it is, and the scripts of a project with a browser framework.
 * `path` has slashes, and begins at the folder that is searched; `packageJson` is the text of the nearest one.
 */
export function isClientSide(path: string, packageJson: string | undefined): boolean {
  if (PAGE.test(path) || APP.test(path) || WEB_ASSET.test(path)) return true;
  return SCRIPT.test(path) && !NOT_IN_BUNDLE.test(path) && usesFramework(packageJson);
}

/** Whether what stands before the key is a variable that a bundler gives to the browser. */
export function isBundledVariable(before: string): boolean {
  return BUNDLED_VARIABLE.test(before);
}

function usesFramework(packageJson: string | undefined): boolean {
  let manifest: unknown;
  try {
    manifest = JSON.parse(packageJson ?? 'null');
  } catch {
    return false;
  }
  if (!isObject(manifest)) return false;
  const { dependencies, devDependencies } = manifest;
  return [dependencies, devDependencies].some(
    (packages) => isObject(packages) && Object.keys(packages).some((name) => FRAMEWORKS.test(name)),
  );
}
