@echo off
rem Runs Anvil from this folder.
setlocal
for %%i in ("%~dp0..") do set "home=%%~fi"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
"%java%" -XX:+UseParallelGC -XX:MaxNewSize=256m -Xlog:disable -Xlog:all=error:stderr -Dfile.encoding=UTF-8 -Djava.awt.headless=true "-Danvil.home=%home%" %ANVIL_JAVA_OPTIONS% -cp "%home%\lib\*" dev.anvil.cli.Main %*
exit /b %errorlevel%
