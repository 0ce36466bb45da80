; Makes the program known to Windows as one for mail, so that a person can choose it for mailto: links in Settings,
; Default apps. Behind "--" a link can never pass for an option.
!macro customInstall
  WriteRegStr SHCTX "Software\Clients\Mail\Valija" "" "Valija"
  WriteRegStr SHCTX "Software\Clients\Mail\Valija\Capabilities" "ApplicationName" "Valija"
  WriteRegStr SHCTX "Software\Clients\Mail\Valija\Capabilities" "ApplicationDescription" "Every POP3 maildrop in one inbox"
  WriteRegStr SHCTX "Software\Clients\Mail\Valija\Capabilities\URLAssociations" "mailto" "Valija.Url.mailto"
  WriteRegStr SHCTX "Software\Classes\Valija.Url.mailto" "" "URL:MailTo Protocol"
  WriteRegStr SHCTX "Software\Classes\Valija.Url.mailto" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\Valija.Url.mailto\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
  WriteRegStr SHCTX "Software\RegisteredApplications" "Valija" "Software\Clients\Mail\Valija\Capabilities"
!macroend

!macro customUnInstall
  DeleteRegValue SHCTX "Software\RegisteredApplications" "Valija"
  DeleteRegKey SHCTX "Software\Clients\Mail\Valija"
  DeleteRegKey SHCTX "Software\Classes\Valija.Url.mailto"
!macroend
