/** A user's settings, by their full names. */
export type Settings = Readonly<Record<string, unknown>>;

/** A workbench that shows and does nothing that has not been asked of it, and draws nothing twice. */
export const QUIET: Settings = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'eccaex.response.open': 'never',
  'editor.cursorBlinking': 'solid',
  // It lies over the first lines, and over what is clicked there.
  'editor.stickyScroll.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // In a browser, VS Code saves by itself.
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  // The sandboxes of tests and of the extension are not to be announced in the status bar.
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'window.dialogStyle': 'custom',
  'workbench.editor.useModal': 'off',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** For a person who tries the extension out: nothing in the way, and everything else as it comes. */
export const TRYING_OUT: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** Workspace trust as it is on a new VS Code, except that the question is not asked at once: a new folder is not trusted. */
export const WITH_WORKSPACE_TRUST: Settings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};
