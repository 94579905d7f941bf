#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.1.0' }

# Updates of images through OOS, on a real PowerShell: build first, then Invoke-Pester.

BeforeAll {
    Set-StrictMode -Version 3.0
    $ErrorActionPreference = 'Stop'
    $module = Join-Path $PSScriptRoot '..' '..' 'out' 'EcsImage' 'EcsImage.psd1'
    Import-Module (Resolve-Path $module) -Force
    $folder = Join-Path ([IO.Path]::GetTempPath()) "ecsimage-pester-$([guid]::NewGuid().ToString('N'))"
    $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 1000
    $public = Get-EcsImage -Family acs:alibaba_cloud_linux_3_2104_lts_x64 -Latest
    $instance = New-EcsInstance $public ecs.g7.large -Name base -Wait
    $image = $instance | New-EcsCustomImage -Name base -Wait
    $null = $instance | Remove-EcsInstance -Force -Wait -Confirm:$false
    $script = Join-Path $folder 'patch.sh'
    Set-Content -LiteralPath $script -Value "dnf -y upgrade`n" -NoNewline
}

AfterAll {
    Disconnect-EcsAccount -All | Out-Null
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'Update-EcsImage' {
    It 'makes a newer image and says that nothing was executed' {
        $update = $image | Update-EcsImage -Path $script -InstanceType ecs.g7.large -Name patched -Wait -WarningVariable said -WarningAction SilentlyContinue
        $update.Status | Should -Be 'Success'
        $said | Should -BeLike '*Nothing was executed inside i-*'
        ($update | Get-EcsImage).Name | Should -Be 'patched'
        Get-EcsInstance | Should -BeNullOrEmpty
    }

    It 'shows with -WhatIf what would run, and starts nothing' {
        $before = @(Get-EcsImageUpdate).Count
        $image | Update-EcsImage -Path $script -InstanceType ecs.g7.large -WhatIf
        @(Get-EcsImageUpdate).Count | Should -Be $before
    }

    It 'refuses an image of somebody else beforehand' {
        $problem = $null
        $public | Update-EcsImage -Command x -InstanceType ecs.g7.large -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotOwnImage,*'
    }

    It 'finds a script relative to the location of the session' {
        Push-Location -LiteralPath $folder
        try { ($image | Update-EcsImage -Path ./patch.sh -InstanceType ecs.g7.large -Wait -WarningAction SilentlyContinue).Status | Should -Be 'Success' }
        finally { Pop-Location }
    }

    It 'fails with the task, the words and the log' {
        $problem = $null
        $image | Update-EcsImage -Command x -InstanceType ecs.g7.large -RamRoleName nobody -Wait -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ImageUpdateFailed,*'
        $problem[0].ErrorDetails.Message | Should -BeLike '*runInstances. InvalidRamRole.NotFound*The end of its log:*'
    }
}

Describe 'Get-, Wait- and Stop-EcsImageUpdate' {
    It 'follow an update from its object and from its id' {
        $update = $image | Update-EcsImage -Command x -InstanceType ecs.g7.large
        ($update.ExecutionId | Wait-EcsImageUpdate -TimeoutSec 60 -WarningAction SilentlyContinue).Status | Should -Be 'Success'
        ($update | Get-EcsImageUpdate -IncludeLog).Log[-1].Message | Should -BeLike '*Success*'
    }

    It 'break one off without a trace' {
        $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.001
        $update = $image | Update-EcsImage -Command x -InstanceType ecs.g7.large -Name unwanted
        $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 1000
        $null = $update | Stop-EcsImageUpdate -Confirm:$false
        ($update | Get-EcsImageUpdate).Status | Should -Be 'Cancelled'
        Get-EcsImage -Name unwanted | Should -BeNullOrEmpty
    }
}
