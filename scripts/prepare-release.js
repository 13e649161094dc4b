// Checks that a tag can be released, writes the release notes to a file, and enters the address of the repository in package.json,
// because npm compares this address with the provenance statement.
// Run by .github/workflows/release.yml. Needs GITHUB_REF_NAME, GITHUB_REPOSITORY and GITHUB_SERVER_URL.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

const { GITHUB_REF_NAME: tag, GITHUB_REPOSITORY: repository, GITHUB_SERVER_URL: server } = process.env;
const notesFile = process.argv[2];
if (!tag || !repository || !server || !notesFile) {
  stop(2, 'Usage: node scripts/prepare-release.js <file for the release notes>, in a GitHub Actions job.');
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { version } = manifest;
if (tag !== `v${version}`) {
  stop(1, `The tag is ${tag}, but package.json has version ${version}. Tag the commit of "npm version".`);
}
const notes = notesOf(readFileSync('CHANGELOG.md', 'utf8'), version);
if (!notes) {
  stop(
    1,
    `CHANGELOG.md has nothing under "## ${version}". Move the lines of "Unreleased" there, then tag again.`,
  );
}

const home = `${server}/${repository}`;
const withHome = {
  ...manifest,
  homepage: `${home}#readme`,
  repository: { type: 'git', url: `git+${home}.git` },
  bugs: { url: `${home}/issues` },
};
writeFileSync('package.json', `${JSON.stringify(withHome, null, 2)}\n`);
writeFileSync(notesFile, `${notes}\n`);

// "npm install mock-smdp" must not install a pre-release such as 1.0.0-rc.1.
const isPreRelease = version.includes('-');
output('dist-tag', isPreRelease ? 'next' : 'latest');
output('pre-release', String(isPreRelease));

/** The text under the heading of the version: `## 1.0.0`, or `## 1.0.0 - 2027-01-31`. */
function notesOf(changelog, wanted) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/\s/, 1)[0] === wanted);
  return section?.slice(section.indexOf('\n') + 1).trim();
}

/** Hands a value to later steps of the job. */
function output(name, value) {
  console.log(`${name}=${value}`);
  if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, `${name}=${value}\n`);
}

function stop(exitCode, message) {
  console.error(message);
  process.exit(exitCode);
}
