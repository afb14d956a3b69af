@echo off
chcp 65001 >nul
setlocal
set "PLACE=%LOCALAPPDATA%\smartstore-claim-desk"
set "PYTHON=%PLACE%\program\Scripts\python.exe"
echo 프로그램만 지웁니다. 바탕 화면의 작업 폴더(주문 파일과 처리목록)는 그대로 둡니다.
echo Only the program is removed. The desk on your Desktop, with its files and lists, stays.
for %%f in (program.new program.old) do rmdir /s /q "%PLACE%\%%f" 2>nul
if not exist "%PLACE%\program" goto nothing
rem no program that runs can be deleted: if this one is open, everything else must stay too
del /f /q "%PYTHON%" >nul 2>nul
if exist "%PYTHON%" goto in_use
rmdir /s /q "%PLACE%\program"
if exist "%PLACE%\program" goto in_use
rmdir /s /q "%PLACE%\Cache" 2>nul
rmdir "%PLACE%" 2>nul
echo 지웠습니다. / Removed.
pause
exit /b 0
:nothing
echo 설치되어 있지 않습니다. / It is not installed.
pause
exit /b 0
:in_use
echo 프로그램이 아직 열려 있습니다. 브라우저 화면을 닫고 5분 뒤에 다시 두 번 누르세요.
echo The program is still open. Close its page, wait five minutes, and double-click this file again.
pause
exit /b 1
