// Opens what a person sees first after npm start: the walkthrough, and the first sample beside it.
const { commands, Uri, ViewColumn, window, workspace } = require('vscode');

const WALKTHROUGH = 'merchant-api-tools.eccaex-explorer#start';
const FIRST_SAMPLE = '1-created.invoice.json';

module.exports.activate = async () => {
  const [folder] = workspace.workspaceFolders ?? [];
  // A window that is loaded anew has its editors already.
  if (!folder || window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) return;
  await commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
  await window.showTextDocument(Uri.joinPath(folder.uri, FIRST_SAMPLE), {
    viewColumn: ViewColumn.Beside,
    preserveFocus: true,
    preview: false,
  });
};
