@echo off
chcp 65001 >nul
setlocal
cd /d "%~dp0"
set "PYTHON="
for %%v in (3.14 3.13 3.12 3.11) do call :try py -%%v
call :try python
if not defined PYTHON goto missing
%PYTHON% -X utf8 setup.py
set "CODE=%ERRORLEVEL%"
pause
exit /b %CODE%

:try
if defined PYTHON exit /b 0
%* -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))" >nul 2>nul
if not errorlevel 1 set "PYTHON=%*"
exit /b 0

:missing
echo 파이썬이 없습니다. https://www.python.org/downloads/ 에서 Python 3.14를 받아 설치하고, 설치 첫 화면에서 'Add python.exe to PATH'를 켠 뒤 이 파일을 다시 두 번 누르세요.
echo Python is missing. Get Python 3.14 from https://www.python.org/downloads/ , tick 'Add python.exe to PATH' in its first window, and double-click this file again.
pause
exit /b 1
