import { app, BrowserWindow } from 'electron';

// The least an Electron program can be: what no start of ours can beat.
app.setPath('userData', app.commandLine.getSwitchValue('data'));
app.once('ready', () => {
  const window = new BrowserWindow({ width: 1366, height: 768, show: false });
  window.once('ready-to-show', () => window.show());
  window.webContents.once('did-finish-load', () => {
    process.stdout.write('READY\n');
    app.quit();
  });
  void window.loadFile('index.html');
});
